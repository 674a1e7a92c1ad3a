"""The poster says what the page says, in text that can be read out, with a way to check each sheet."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import stages
from tests.portal.publicity import papers, reading

pytestmark = pytest.mark.django_db
QUERIES = 9  # one of them for the bureau's particulars
HEAD = {"zh-hans": "申请人", "en": "Applicant"}
LANGUAGES = {"zh-hans": "", "en": "/en"}
PAGE = {"zh-hans": r"第{n}页，共{total}页", "en": r"Page{n}of{total}"}


@pytest.fixture(autouse=True)
def no_paper_of_another_test():
    caches["papers"].clear()


def poster(client, stage, query="", prefix=""):
    with stages.on(stage.day):
        answer = client.get(f"{prefix}{stage.path}poster.pdf{query}")
    assert answer.status_code == 200, answer.content.decode()[:2000]
    assert answer["Content-Type"] == "application/pdf"
    return answer.content


@pytest.mark.parametrize("name", ["waiting", "announced"])
def test_text_equals_the_page(client, name):
    stage = stages.STAGES[name](stages.ground())
    for prefix in LANGUAGES.values():
        text = papers.tight("".join(papers.sheets_of(poster(client, stage, prefix=prefix))))
        with stages.on(stage.day):
            rows = reading.page_rows(client.get(prefix + stage.path).content.decode())
        assert len(rows) == 3
        for row in rows:
            assert papers.tight("".join(row)) in text
        title = stage.list.title_en if prefix else stage.list.title_zh
        for words in (title, stage.list.document_number, stage.list.index_number, "0400-000-0000"):
            assert papers.tight(words) in text


def test_every_sheet_can_be_checked(client, settings):
    settings.PUBLIC_BASE_URL = "https://minghe.example.org"
    stage = stages.running(stages.ground(), 31)
    for language, size in (("zh-hans", "a4"), ("en", "a3")):
        pdf = poster(client, stage, f"?size={size}", LANGUAGES[language])
        sheets = papers.sheets_of(pdf)
        assert len(sheets) == 2
        for n, sheet in enumerate(sheets, start=1):
            text = papers.tight(sheet)
            assert stage.list.check_code in text
            assert "minghe.example.org/verify/" in text
            assert stage.list.number in text
            assert PAGE[language].format(n=n, total=len(sheets)) in text
            assert HEAD[language] in text, "the header is repeated"
        wide, high = papers.reader_of(pdf).pages[0].mediabox[2:]
        assert (round(wide), round(high)) == {"a4": (595, 842), "a3": (842, 1191)}[size]


def test_tagged_with_embedded_fonts_and_nothing_private_in_its_properties(client):
    stage = stages.running(stages.ground())
    pdf = poster(client, stage)
    catalogue = papers.reader_of(pdf).trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/StructTreeRoot"]
    assert catalogue["/Lang"] == "zh-CN"
    assert b"pdfuaid:part" in papers.reader_of(pdf).trailer["/Root"]["/Metadata"].get_data()
    fonts = papers.fonts_of(pdf)
    assert fonts and all(embedded and "NotoSansCJK" in name for name, embedded in fonts)
    properties = papers.reader_of(pdf).metadata
    assert properties["/Title"] == stage.list.title_zh
    assert properties["/Author"] == "河东街道办事处"
    assert set(properties) <= {"/Title", "/Author", "/Creator", "/CreationDate", "/ModDate", "/Producer"}


def test_period_dates_and_last_moment(client):
    stage = stages.running(stages.ground())
    text = papers.tight(papers.sheets_of(poster(client, stage))[0])
    assert "2026年3月2日至3月8日（7天）" in text
    assert "2026年3月8日（星期日）23:59" in text
    assert "第19条、第24条" in text
    english = papers.sheets_of(poster(client, stage, prefix="/en"))[0]
    assert "2 March to 8 March 2026 (7 days)" in english
    assert "Sunday 8 March 2026 23:59" in english


def test_cut_to_one_community(client):
    stage = stages.running(stages.ground(), 7)
    own = [row for row in stage.rows if row["community"] == "10102"]
    whole = papers.tight("".join(papers.sheets_of(poster(client, stage))))
    text = papers.tight("".join(papers.sheets_of(poster(client, stage, "?community=10102"))))
    for row in stage.rows:
        assert (str(row["code"]) in text) == (row in own)
        assert str(row["code"]) in whole
    first, last = own[0]["row"], own[-1]["row"]
    assert f"西园社区：第{first}–{last}户，全名单共7户" in text
    assert stage.list.check_code in text


def test_the_same_poster_is_set_once(client, monkeypatch):
    stage = stages.running(stages.ground())
    made = []
    from portal.publicity import papers as view

    real = view.poster_pdf
    monkeypatch.setattr(view, "poster_pdf", lambda *args: made.append(args[1]) or real(*args))
    first, again = poster(client, stage), poster(client, stage)
    assert first == again and made == ["a4"]
    poster(client, stage, prefix="/en")
    poster(client, stage, "?size=a3")
    assert made == ["a4", "a4", "a3"]


def test_unchanged_is_answered_without_a_body(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        answer = client.get(f"{stage.path}poster.pdf")
        again = client.get(f"{stage.path}poster.pdf", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert "private" in answer["Cache-Control"] and "no-cache" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, noarchive"


@pytest.mark.parametrize("size", [3, 8])
def test_queries_stay_the_same_whatever_the_rows(client, size):
    stage = stages.running(stages.ground(), size)
    with stages.on(stage.day):
        client.get("/healthz")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{stage.path}poster.pdf?size=a3")
    assert len(queries) == QUERIES


@pytest.mark.parametrize("name", ["over", "deleted", "withdrawn"])
def test_no_paper_once_the_names_are_over(client, name):
    stage = stages.STAGES[name](stages.ground())
    papers_of = ["poster.pdf", "poster.pdf?size=a3&community=10101", "loudspeaker.txt"]
    papers_of += ["slip.pdf"] if stage.list.kind == "gs" else []
    with stages.on(stage.day):
        for paper in papers_of:
            for prefix in ("", "/en"):
                answer = client.get(f"{prefix}{stage.path}{paper}")
                assert answer.status_code == 410
                html = answer.content.decode()
                assert not [row for row in stage.rows if str(row["code"]) in html]
                assert stage.path in html


def test_a_cached_poster_ends_with_its_names(client):
    stage = stages.running(stages.ground())
    poster(client, stage)
    with stages.on(stages.DAY + stages.timedelta(days=7)):
        assert client.get(f"{stage.path}poster.pdf").status_code == 410


NONE = {
    "size=a5": "A4 and A3",
    "size=%00": "A4 and A3",
    "community=10103": "No household of this list",
    "community=%00": "No household of this list",
    "size=a3&community=" + "x" * 5000: "No household of this list",
}


def test_a_poster_that_is_none(client):
    stage = stages.running(stages.ground())
    for query, words in NONE.items():
        with stages.on(stage.day):
            answer = client.get(f"/en{stage.path}poster.pdf?{query}")
        assert answer.status_code == 404
        assert words in answer.content.decode()
        assert f'href="/en{stage.path}"' in answer.content.decode()
