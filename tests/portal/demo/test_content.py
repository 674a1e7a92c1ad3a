"""The demo's content files: all can be read, agree with each other and tell no secrets."""

from __future__ import annotations

from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import parse
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from portal.demo.content_blocks import Article, Attachment, Block, Figure, Paragraph, Question, Table, html_of
from portal.demo.content_blocks import links_in as pages_linked
from portal.demo.content_files import PAPERS
from portal.demo.content_pictures import PICTURES
from portal.demo.content_reader import FOLDER, Text, Words, WrongContent, all_texts, read_text, texts_of
from relief.confidential.private_kinds import Allowed, Kind
from relief.confidential.private_values import private_values

#: what the notices of portal.pages.demo_notices are called in links
OLDER_NOTICES = {"standard-2025", "re-declaration", "supervision", "list-rules", "winter-visits"}
TODAY = date(2026, 11, 29)
TOTALS = ("合计", "Together")


def every_version() -> list[tuple[str, Words]]:
    return [
        (f"{text.name} {language}", words)
        for text in all_texts()
        for language, words in text.versions.items()
    ]


def html_in(words: Words) -> list[str]:
    html = [block.html for block in words.body if isinstance(block, Paragraph | Article | Question)]
    html += [value for value in words.more.values() if isinstance(value, str)]
    html += [answer for _question, answer in words.more.get("faq", ())]
    return html + [step["text"] for step in words.more.get("steps", ())]


def policies() -> dict[str, Text]:
    return {text.slug: text for text in texts_of("policies", areas=["107"])}


def test_there_is_as_much_as_the_bureau_must_publish() -> None:
    count = Counter(text.kind for text in all_texts())
    facts = [policy.facts for policy in policies().values()]
    assert count["policies"] >= 12
    assert count["notices"] + len(OLDER_NOTICES) >= 20
    assert (count["guides"], count["reports"]) == (6, 3)
    assert len([name for fact in facts for name in fact.get("amends", ())]) == 2
    assert [name for fact in facts for name in fact.get("repeals", ())] == [
        "guarantee-rules-2013",
        "publicity-trial",
    ]
    withdrawn = {
        slug: text.facts["withdrawn"]["kind"]
        for slug, text in policies().items()
        if "withdrawn" in text.facts
    }
    assert withdrawn == {"doorplates": "removed", "publicity-trial": "superseded"}


def test_some_deadlines_run_and_some_have_passed() -> None:
    last_days = [text.facts["deadline"].on(TODAY) for text in all_texts() if "deadline" in text.facts]
    assert len([day for day in last_days if day >= TODAY]) >= 2
    assert len([day for day in last_days if day < TODAY]) >= 2


def test_rows_of_the_catalogue_that_no_list_can_meet_have_their_texts() -> None:
    small = [text for text in all_texts() if text.small]
    rows = {text.facts.get("catalogue") for text in small}
    assert rows >= {4, 8, 9, 10, 12, 13}


def test_every_link_and_every_reference_leads_to_a_text() -> None:
    known = {text.name for text in all_texts()} | {f"notices/{slug}" for slug in OLDER_NOTICES}
    for name, words in every_version():
        for html in html_in(words):
            for target in pages_linked(html) if html.startswith("<") else []:
                assert target in known, f"{name} links to {target}"
    for text in all_texts():
        named = [*text.facts.get("amends", ()), *text.facts.get("repeals", ())]
        named += text.facts.get("interprets", ())
        named += [text.facts["withdrawn"]["replaced_by"]] if "withdrawn" in text.facts else []
        assert {f"policies/{slug}" for slug in named} <= known, text.name
        assert set(text.facts.get("rules", ())) <= known, text.name


def test_links_within_a_sentence_are_links() -> None:
    assert (
        html_of('见<a href="page:policies/x">细则</a>。') == '<p>见<a href="page:policies/x">细则</a>。</p>'
    )
    assert html_of("1 < 2\n二") == "<p>1 &lt; 2</p><p>二</p>"
    assert html_of("<ul><li>一</li></ul>") == "<ul><li>一</li></ul>"


def test_what_the_small_demo_shows_leads_nowhere_else() -> None:
    small = {text.name for text in all_texts() if text.small} | {f"notices/{slug}" for slug in OLDER_NOTICES}
    for text in all_texts():
        if text.small:
            targets = {
                t for words in text.versions.values() for html in html_in(words) for t in pages_linked(html)
            }
            assert targets <= small, text.name
            explained = {f"policies/{slug}" for slug in text.facts.get("interprets", ())}
            assert not explained or explained & small, text.name


def test_every_policy_that_is_to_hold_has_an_interpretation() -> None:
    explained = {
        slug for text in texts_of("interpretations", areas=["107"]) for slug in text.facts["interprets"]
    }
    gone = {name for text in policies().values() for name in text.facts.get("repeals", ())}
    withdrawn = {slug for slug, text in policies().items() if "withdrawn" in text.facts}
    assert set(policies()) - explained == gone | withdrawn


@pytest.mark.parametrize("kind", ["interpretations", "guides", "profile", "leaders", "disclosure"])
def test_readers_of_english_find_what_they_look_for(kind: str) -> None:
    assert not [text.name for text in texts_of(kind, areas=["107"]) if text.en is None]


def test_both_languages_say_the_same_in_the_same_order() -> None:
    for text in all_texts():
        if text.en:
            assert [_shape(block) for block in text.zh.body] == [_shape(block) for block in text.en.body], (
                text.name
            )
            for key in ("papers", "places", "steps", "faq", "basis"):
                assert len(text.zh.more.get(key, ())) == len(text.en.more.get(key, ())), f"{text.name} {key}"


def _shape(block: Block) -> tuple[object, ...]:
    more: tuple[object, ...] = ()
    if isinstance(block, Article):
        more = (block.number, block.html.count("<p>"))
    elif isinstance(block, Table):
        more = (len(block.header), len(block.rows))
    elif isinstance(block, Figure):
        more = (block.image,)
    elif isinstance(block, Attachment):
        more = (block.file,)
    return (type(block).__name__, *more)


def test_every_file_and_picture_that_is_named_can_be_made() -> None:
    blocks = [block for _name, words in every_version() for block in words.body]
    named = {block.file for block in blocks if isinstance(block, Attachment)}
    named |= {key for text in all_texts() for key in text.facts.get("forms", ())}
    assert named == set(PAPERS)
    assert {block.image for block in blocks if isinstance(block, Figure)} == set(PICTURES)


def test_files_are_what_their_names_say_and_the_same_each_time() -> None:
    for paper in PAPERS.values():
        made = paper.make()
        assert made == paper.make(), paper.filename
        if paper.filename.endswith(".pdf"):
            assert "材料" in read_pdf(made) or "第一条" in read_pdf(made)
        elif paper.filename.endswith(".xlsx"):
            rows = list(load_workbook(BytesIO(made)).worksheets[0].values)
            assert len(rows) > 5
            assert any(isinstance(cell, int) for row in rows for cell in row) or "文号" in rows[1]
        else:
            with ZipFile(BytesIO(made)) as package:
                words = "".join(parse(package.open("word/document.xml")).getroot().itertext())
            assert words.startswith(paper.zh)


def read_pdf(made: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pictures_have_words_in_the_language_of_the_page(language: str) -> None:
    for key, draw in PICTURES.items():
        image = Image.open(BytesIO(draw(language)))
        assert image.format == "PNG", key
        assert draw(language) != draw("en" if language == "zh" else "zh"), key


def test_articles_are_numbered_without_a_gap() -> None:
    for name, words in every_version():
        numbers = [block.number for block in words.body if isinstance(block, Article)]
        assert numbers == list(range(1, len(numbers) + 1)), name


def test_the_sums_of_tables_fit() -> None:
    seen = 0
    for name, words in every_version():
        for table in (block for block in words.body if isinstance(block, Table)):
            if table.rows[-1][0] in TOTALS:
                seen += _sums(name, table)
    assert seen > 20


def _sums(name: str, table: Table) -> int:
    columns = 0
    for at in range(1, len(table.header)):
        cells = [row[at].replace(",", "") for row in table.rows]
        if cells[-1] and all(cell.replace(".", "").isdigit() for cell in cells):
            *parts, total = (float(cell) for cell in cells)
            assert round(sum(parts), 2) == total, f"{name}: {table.caption}: {table.header[at]}"
            columns += 1
    return columns


def test_no_number_is_given_twice() -> None:
    """Numbers count within a year; those of notices that move with today are told apart from each other."""
    seen: Counter[tuple[object, ...]] = Counter()
    for text in all_texts():
        if "document" in text.facts:
            signed = text.facts["signed"]
            seen[(*text.facts["document"], signed.fixed.year if signed.fixed else "today")] += 1
    assert [number for number, count in seen.items() if count > 1] == []


def test_nothing_private_is_told() -> None:
    office = Allowed.of(["0400-000-0000", "明河区示例路1号一楼", "1 Shili Road, Minghe District"])
    for path in sorted(FOLDER.glob("*/*.toml")):
        found = set(private_values(path.read_text(encoding="utf-8"), office))
        assert found <= {Kind.BIRTH_DATE}, path.name  # any day may be one


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('topic = "guarantee"', "", "topic: is missing"),
        ("signed = 2025-05-26", 'signed = "yesterday"', "signed: 'yesterday' is neither"),
        ("{ paragraph =", "{ paragrph =", r"\[zh\]: body: no block is called 'paragrph'"),
        ('title = "', 'titel = "', r"\[zh\]: title: is missing"),
        ('"意见请寄', '"<script>意见请寄', "<script> is not among"),
        ('["最低生活保障", "972", "1011"]', '["最低生活保障", "972"]', "is no row of 3 texts"),
    ],
)
def test_a_fault_is_told_with_file_and_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    source = (FOLDER / "notices/06-standards-consultation-2025.toml").read_text(encoding="utf-8")
    assert old in source
    path = tmp_path / "notices" / "06-faulty.toml"
    path.parent.mkdir()
    path.write_text(source.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WrongContent, match=rf"notices/06-faulty\.toml.*{told}"):
        read_text(path)
