"""A list at every stage, in both languages and every form: the right words, and no name after its time."""

from datetime import timedelta

import pytest
from django.utils import translation

from tests.factories import cases, stages
from tests.factories.responses import told

pytestmark = pytest.mark.django_db
LANGUAGES = {"zh-hans": "", "en": "/en"}


def in_language(language: str, words: str) -> str:
    with translation.override(language):
        return translation.gettext(words)


@pytest.mark.parametrize("name", [name for name in stages.STAGES if name != "running"])
def test_every_form_at_every_stage(client, name):
    stage = stages.STAGES[name](stages.ground())
    names = {str(row["name"]) for row in stage.rows} | {str(row["code"]) for row in stage.rows}
    with stages.on(stage.day):
        for language, prefix in LANGUAGES.items():
            page = client.get(prefix + stage.path)
            html = page.content.decode()
            assert page.status_code == 200
            assert in_language(language, stage.words) in html
            assert page["X-Robots-Tag"] == "noindex, noarchive"
            assert '<meta name="robots" content="noindex,noarchive">' in html
            assert stage.list.check_code in html
            assert stage.list.index_number in html
            assert [one for one in names if one in html] == (
                [] if not stage.names else sorted_in(names, html)
            )
        check_other_forms(client, stage, names)


def sorted_in(names, html):
    """All names and codes but the one withheld by law, which is said in words."""
    shown = [one for one in names if one != "withheld-by-law"]
    assert all(one in html for one in shown)
    return [one for one in names if one in html]


def check_other_forms(client, stage, names):
    table = client.get(f"{stage.path}data.csv")
    assert table.status_code == (200 if stage.names else 410)
    data = client.get(f"{stage.path}data.json")
    assert data.status_code == 200
    document = data.json()
    assert document["digest"] == stage.list.digest
    assert len(document["commitments"]) == len(stage.rows)
    assert len(document["rows"]) == (len(stage.rows) if stage.names else 0)
    others = (f"{stage.path}history/", f"/verify/{stage.list.number}/{stage.list.digest}")
    texts = [client.get(address).content.decode() for address in others]
    if not stage.names:
        texts += [data.content.decode(), table.content.decode()]
    assert [one for one in names for text in texts if one in text] == []


def test_running_list_in_full(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        html = client.get(stage.path).content.decode()
        english = client.get("/en" + stage.path).content.decode()
    assert "还剩 <strong>5</strong> 天（含今天）" in html
    for words in ("MZ-GS-101-2026-001", "河东街道办事处", "2026年3月2日", "3户", "公示中"):
        assert words in html, words
    for words in ("Hedong Street Office", "2 March", "Dongyuan Community", "name withheld by law"):
        assert words in english, words
    assert "王某" in html or "某" in html  # the spoken form of a masked name
    assert html.index('class="cap-status"') < html.index('class="cap-meta"') < html.index('id="rows"')
    assert html.index('id="rows"') < html.index('id="digest"') < html.index('id="downloads"')
    assert "<svg" in html
    assert "style=" not in html
    assert html.count("<script") == html.count('<script src="/static/cap/search.js"') == 1
    assert "application/ld+json" not in html  # none where names stand


def test_filters_by_community_and_row(client):
    stage = stages.running(stages.ground())
    code = str(stage.rows[1]["code"])
    with stages.on(stage.day):
        for query, found in (
            ("community=10102", ["10102"]),
            ("row=1", [str(stage.rows[0]["code"])]),
            (f"row={code.lower()}", [code]),
            (f"row={code.replace('-', '')}", [code]),
            ("row=１", [str(stage.rows[0]["code"])]),
        ):
            html = client.get(f"{stage.path}?{query}").content.decode()
            shown = [str(row["code"]) for row in stage.rows if str(row["code"]) in html]
            wanted = [
                str(row["code"]) for row in stage.rows if row["code"] in found or row["community"] in found
            ]
            assert shown == wanted, query
        html = client.get(f"{stage.path}?row=77").content.decode()
    assert in_language("zh-hans", "No row of this list fits the filter.") in html


def test_a_long_list_keeps_its_filters_from_page_to_page(client, monkeypatch):
    monkeypatch.setattr("portal.publicity.list_page.PER_PAGE", 2)
    stage = stages.running(stages.ground(), size=5)
    with stages.on(stage.day):
        html = client.get(f"{stage.path}?community=10101").content.decode()
        beyond = client.get(f"{stage.path}?community=10101&page=99").content.decode()
    assert "?community=10101&amp;page=2" in html
    assert str(stage.rows[-1]["code"]) in beyond or str(stage.rows[2]["code"]) in beyond


def test_announcement_and_list_lead_to_each_other(client):
    stage = stages.announced(stages.ground())
    with stages.on(stage.day):
        assert "/publicity/gs-101-2026-001/" in client.get(stage.path).content.decode()
        assert stage.path in client.get("/publicity/gs-101-2026-001/").content.decode()


def test_history_tells_each_board_once(client):
    stage = stages.closed(stages.ground())
    with stages.on(stage.day):
        html = client.get(f"/en{stage.path}history/").content.decode()
    steps = (
        "Published on this website",
        "Dongyuan Community board",
        "Xiyuan Community board",
        "The period of publicity began",
        "The time for showing names ended",
        "the cases went to the district",
    )
    assert [html.count(step) for step in steps] == [1] * len(steps)
    assert "publication journal no. 1" in html


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("running", "Responses are taken since 2 March 2026"),
        ("last_day", "Responses are taken since 2 March 2026"),
        ("over", "Responses were taken from 2 March 2026 to 8 March 2026"),
    ],
)
def test_the_timeline_tells_compiling_and_responses_by_counts_alone(client, name, words):
    """No day of a single response: whoever saw a neighbour at the counter would know (57号 art 20)."""
    stage = stages.STAGES[name](stages.ground())
    with stages.on(stages.DAY + timedelta(days=1)):
        told(stage.list, "left-out")
    with stages.on(stage.day):
        for address in (f"/en{stage.path}", f"/en{stage.path}history/"):
            html = client.get(address).content.decode()
            timeline = html.split('class="cap-timeline"')[1].split("</ol>")[0]
            assert timeline.count(words) == 1
            assert "fewer than 3 received" in timeline
            assert "3 March" not in timeline
            assert timeline.index("Published on this website") < timeline.index("Compiled from the cases")


@pytest.mark.parametrize("kin", [0, 1, 2])
def test_the_public_reads_how_many_cases_are_registered_separately(client, kin):
    """57号 art 11: a count, never which household."""
    district = stages.ground()
    with stages.on(stages.DAY):
        for index in range(3):
            cases.reviewed(district, "10101", kin=index < kin)
        public_list = cases.published(district)
        page = client.get(f"/en/publicity/{public_list.number}/").content.decode()
    assert f"{kin} case{'' if kin == 1 else 's'} registered separately" in page


def test_a_rows_code_leads_to_a_response_to_it_while_one_can_respond(client):
    stage = stages.running(stages.ground())
    code = str(stage.rows[0]["code"])
    with stages.on(stage.day):
        html = client.get(stage.path).content.decode()
        link = f"{stage.path}respond/?row={code}"
        assert html.count(f'href="{link}"') == 1
        assert f'name="row" value="{code}"' in client.get(link).content.decode()
        assert f'href="{stage.path}screen/"' in html


@pytest.mark.parametrize("name", ["over", "closed", "announced"])
def test_no_row_leads_to_a_response_that_nobody_takes(client, name):
    stage = stages.STAGES[name](stages.ground())
    with stages.on(stage.day):
        assert "respond/?row=" not in client.get(stage.path).content.decode()
