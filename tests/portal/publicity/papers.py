"""Read a poster as a stranger would: its words sheet by sheet, its fonts, whether it is tagged."""

import io

from pypdf import PdfReader

from portal.publicity.poster import Cut, poster_pdf


def reader_of(pdf: bytes) -> PdfReader:
    assert pdf.startswith(b"%PDF-")
    return PdfReader(io.BytesIO(pdf))


def sheets_of(pdf: bytes) -> list[str]:
    """The text of each sheet, every run of blanks and breaks one blank."""
    return [" ".join(page.extract_text().split()) for page in reader_of(pdf).pages]


def tight(text: str) -> str:
    """Without any blank: a text layer may break a word at the end of a line."""
    return "".join(text.split())


def fonts_of(pdf: bytes) -> list[tuple[str, bool]]:
    """Each font of the paper and whether its file is embedded."""
    found = {}
    for page in reader_of(pdf).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            found[str(descriptor["/FontName"])] = embedded
    return sorted(found.items())


def with_names(public_list, names: list[str]) -> bytes:
    """The A4 poster of a list as if its rows held these names."""
    row = {key: "0.00" if key == "amount" else "1" for key in public_list.columns}
    rows = [
        (n, {**row, "row": n, "code": "7K3M-Q9TX", "community": "10101", "name": name})
        for n, name in enumerate(names, start=1)
    ]
    return poster_pdf(public_list, "a4", Cut(rows))
