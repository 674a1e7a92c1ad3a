"""Pictures from outside: what is read, what is refused in which words, what is left of a file."""

import io
import zipfile
from datetime import date

import pytest
from PIL import Image, PngImagePlugin

from relief.confidential import pictures as room
from relief.confidential.pictures import Picture, decode
from relief.confidential.private_text import private_values
from relief.errors import Invalid
from relief.households.id_number import make_demo_id
from tests.relief.confidential.pictures import bomb, jpeg, photo, saved, scene

ID_NUMBER = make_demo_id(date(1960, 5, 4), 123)
CARD = "6222020200112230005"[:18]
CARD += next(str(n) for n in range(10) if private_values(CARD + str(n)))
PHONE = "13912345678"


def refusal(data: bytes, name: str = "") -> tuple[str, str]:
    with pytest.raises(Invalid) as caught:
        decode(data, name=name)
    (reason,) = caught.value.fields["photo"]
    return reason.code, str(reason)


def shown(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.jpeg))


@pytest.mark.parametrize(
    "data",
    [
        photo(),
        saved(scene(), "PNG"),
        saved(scene(), "WEBP"),
        saved(scene().convert("CMYK"), "JPEG"),
        saved(scene().convert("P"), "PNG"),
        saved(scene().convert("L"), "PNG"),
        saved(scene().convert("RGBA"), "WEBP"),
        saved(scene().convert("1"), "PNG"),
        saved(scene().convert("LA"), "PNG"),
    ],
    ids=["jpeg", "png", "webp", "cmyk", "palette", "grey", "alpha", "one bit", "grey+alpha"],
)
def test_three_forms_in_every_mode_become_one_plain_jpeg(data):
    picture = decode(data)
    kept = shown(picture)
    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (800, 600))
    assert (picture.width, picture.height) == kept.size
    assert not kept.getexif()
    assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_sixteen_bits_keep_their_light():
    grey = Image.new("I;16", (64, 64))
    grey.putdata([(x * 1000) for _y in range(64) for x in range(64)])
    kept = shown(decode(saved(grey, "PNG"))).convert("L")
    assert abs(kept.getpixel((32, 32)) - 125) < 6
    assert abs(kept.getpixel((60, 32)) - 234) < 6


def test_a_large_photo_is_made_small_and_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = decode(jpeg(scene(size=(4000, 3000)), exif=exif))
    assert (picture.width, picture.height) == (1500, 2000)
    assert decode(jpeg(scene(size=(4000, 3000)))).width == 2000


def test_the_same_pixels_are_known_under_other_bytes():
    plain = saved(scene(), "PNG")
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "taken again")
    other = saved(scene(), "PNG", pnginfo=notes)
    one, two = decode(plain), decode(other)
    assert one.source_sha256 != two.source_sha256
    assert (one.pixel_sha256, one.look) == (two.pixel_sha256, two.look)


def _exif(tag: int, value: object) -> bytes:
    exif = Image.Exif()
    exif[tag] = value
    return jpeg(scene(), exif=exif)


def _sub_exif(tag: int, value: object) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[tag] = value
    return jpeg(scene(), exif=exif)


def _iptc(words: str) -> bytes:
    body = b"\x1c\x02\x78" + len(words).to_bytes(2, "big") + words.encode()
    block = b"8BIM\x04\x04\x00\x00" + len(body).to_bytes(4, "big") + body + b"\0" * (len(body) % 2)
    part = b"Photoshop 3.0\x00" + block
    plain = photo()
    return plain[:2] + b"\xff\xed" + (len(part) + 2).to_bytes(2, "big") + part + plain[2:]


def _png_text(words: str, *, packed: bool = False) -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Title", words, zip=packed)
    return saved(scene(), "PNG", pnginfo=notes)


def _xmp(words: str) -> bytes:
    packet = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:title>{words}</dc:title></x:xmpmeta>".encode()
    return jpeg(scene(), xmp=packet)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (_exif(0x010E, f"household {ID_NUMBER}"), "EXIF"),
        (_exif(0x9C9C, f"tel {PHONE}".encode("utf-16-le")), "EXIF"),
        (_sub_exif(0x9286, b"ASCII\0\0\0" + PHONE.encode()), "EXIF"),
        (_iptc(f"card {CARD}"), "IPTC"),
        (jpeg(scene(), comment=f"{ID_NUMBER[:6]} {ID_NUMBER[6:14]} {ID_NUMBER[14:]}"), "comment"),
        (_png_text(ID_NUMBER), "PNG"),
        (_png_text(PHONE, packed=True), "PNG"),
        (_xmp("".join(chr(ord(sign) + 0xFEE0) for sign in PHONE)), "XMP"),
        (saved(scene(), "WEBP", xmp=f"<t>{ID_NUMBER}</t>".encode()), "XMP"),
    ],
    ids=["description", "utf-16", "user comment", "iptc", "spaced", "png", "packed", "full width", "webp"],
)
def test_a_private_value_in_the_metadata_is_refused_with_its_place(data, place):
    code, words = refusal(data)
    assert code == "picture-private"
    assert place in words
    assert ID_NUMBER not in words and PHONE not in words


def test_a_private_value_in_the_files_name_is_refused():
    assert refusal(photo(), f"{ID_NUMBER}.jpg")[0] == "picture-private"


def test_what_a_camera_writes_by_itself_is_no_private_value():
    data = _exif(0x010E, "2026:11:28 10:15:30 uuid 0f8fad5b-d9cb-469f-a165-13912345678a 1764320000123")
    assert decode(data, name="IMG_20261128_101530123.jpg").width == 800


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "picture-empty"),
        (b"GIF89a" + bytes(100), "picture-kind"),
        (b"%PDF-1.7 " + bytes(100), "picture-kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture-kind"),
        (saved(scene(), "TIFF"), "picture-kind"),
        (b"\0\0\0\x18ftypheic" + bytes(100), "picture-heic"),
        (photo()[:9_000], "picture-broken"),
        (b"\xff\xd8\xff" + bytes(500), "picture-broken"),
        (saved(scene(), "PNG")[:3_000], "picture-broken"),
        (saved(scene(), "WEBP")[:1_500], "picture-broken"),
        (bomb(), "picture-too-big"),
        (bomb(9_000), "picture-too-big"),
        (saved(scene(1), "WEBP", save_all=True, append_images=[scene(2)]), "picture-animated"),
        (saved(scene(1), "PNG", save_all=True, append_images=[scene(2)]), "picture-animated"),
        (bytes(room.MOST_BYTES + 1), "picture-too-big"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(data, code):
    found, words = refusal(data, "photo.jpg")
    assert found == code
    assert words.endswith("。")


def test_nothing_behind_the_picture_comes_along():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("page.html", "<script>alert(1)</script>" * 50)
    picture = decode(photo() + archive.getvalue())
    assert b"page.html" not in picture.jpeg
    assert b"PK\x03\x04" not in picture.jpeg


def test_a_worker_that_dies_or_hangs_is_said_in_words(monkeypatch, tmp_path):
    dying = tmp_path / "dying.py"
    dying.write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.setattr(room, "WORKER", dying)
    assert refusal(photo())[0] == "picture-broken"
    dying.write_text("import sys; sys.stdin.buffer.read()\nwhile True: pass")
    monkeypatch.setattr("relief.confidential.apart.PATIENCE_S", 0.3)
    assert refusal(photo())[0] == "picture-slow"
