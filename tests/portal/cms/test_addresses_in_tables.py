"""Old and short addresses as a table: taken away as CSV, brought in row by row after a look at each."""

import csv
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from portal.publishing.lead import add_address, end_address
from portal.publishing.models import AddressChange
from portal.publishing.move import move
from relief.officers.appoint import appoint_to_section
from relief.officers.language import choose_language
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.trail import clock
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in
from tests.portal.publishing.test_withdraw import notice

SCREEN, EXPORT, BRING = (f"/cms/publishing/addresses/{one}" for one in ("", "export/", "bring-in/"))
HEAD = "网址,转到,理由"


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def add(room: Newsroom, page, path: str, reason: str = "海报") -> None:
    kept = room.record(page)
    add_address(kept, by=room.publisher, path=path, reason=reason, version=kept.version)


def of_one_section(room: Newsroom, slug: str) -> Officer:
    """An officer who releases the texts of one section and nothing else."""
    officer = room.district.officer(Role.STREET_LEADER)
    section = room.homes["zh-hans"].get_children().get(slug=slug)
    key = section.translation_key
    appoint_to_section(officer, role=Role.PUBLISHER, section=key, from_date=clock.today(), by=SETUP)
    return officer


def sent(client: Client, *rows: str, head: str = HEAD, encoding: str = "utf-8"):
    text = "\r\n".join([head, *rows])
    return client.post(BRING, {"file": SimpleUploadedFile("a.csv", text.encode(encoding))})


def sure(client: Client, looked):
    return client.post(BRING, {"rows": looked.context["rows"], "sure": "1"})


def stopped(answer) -> dict[int, list[str]]:
    return {one.wanted.row: [why.code for why in one.reasons] for one in answer.context["looked"]}


def test_every_address_that_leads_somewhere_is_listed_with_its_page_and_how_it_came_about(room):
    page, other = notice(room.section, "text"), notice(room.section, "other")
    add(room, page, "/dibao")
    add(room, page, "/gone")
    kept = room.record(page)
    end_address(kept, by=room.publisher, path="/gone", reason="换", version=kept.version)
    kept = room.record(other)
    words = {"reason_zh": "统一命名。", "reason_en": "Named alike."}
    place = {"slug": "fresh", "parent": room.section, "version": kept.version}
    move(kept, by=room.publisher, **place, **words)
    client = signed_in(room.writer)
    shown = client.get(SCREEN)
    lines = {line.path: line for line in shown.context["lines"]}
    assert {path: (line.address, line.change.kind, line.by) for path, line in lines.items()} == {
        "/dibao": ("/notices/text/", "added", room.publisher.name),
        "/notices/other": ("/notices/fresh/", "moved", room.publisher.name),
    }
    assert BRING not in shown.content.decode()
    for asked, found in (
        ({"q": "diba"}, ["/dibao"]),
        ({"q": "通知other"}, ["/notices/other"]),
        ({"kind": "moved"}, ["/notices/other"]),
        ({"q": "nowhere"}, []),
    ):
        assert [line.path for line in client.get(SCREEN, asked).context["lines"]] == found
    assert client.get(SCREEN, {"kind": "ended"}).context["form"].errors


def test_who_works_in_one_section_sees_its_addresses_alone(room):
    add(room, notice(room.section, "text"), "/dibao")
    assert signed_in(of_one_section(room, "policies")).get(SCREEN).context["lines"] == []
    assert signed_in(room.district.officer(Role.AUDITOR)).get(SCREEN).status_code == 403


def test_pages_keep_the_filter_and_many_addresses_cost_no_more_queries_than_one(room):
    page, client = notice(room.section, "text"), signed_in(room.publisher)
    add(room, page, "/short")

    def counted(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
            b"".join(answer.streaming_content) if answer.streaming else None
        return len(asked)

    client.get(SCREEN)
    few = counted(SCREEN), counted(EXPORT)
    for number in range(55):
        add(room, page, f"/short-{number}")
    assert (counted(SCREEN), counted(EXPORT)) == few
    assert "?q=short&amp;p=2" in client.get(SCREEN, {"q": "short"}).content.decode()


def test_the_csv_holds_the_filtered_rows_of_every_page_and_no_formula(room):
    page, client = notice(room.section, "text"), signed_in(room.writer)
    add(room, page, "/dibao", "=1+1")
    add(room, page, "/other")
    answer = client.get(EXPORT, {"q": "dibao"})
    content = b"".join(answer.streaming_content)
    assert content.startswith("\ufeff".encode()) and answer["Content-Type"] == "text/csv; charset=utf-8"
    head, row = csv.reader(content.decode("utf-8-sig").splitlines())
    at = dict(zip(head, row, strict=True))
    assert (at["网址"], at["转到"], at["标题"]) == ("/dibao", "/notices/text/", page.title)
    assert (at["理由"], at["类别"], at["操作人"]) == ("'=1+1", "短网址或添加的网址", room.publisher.name)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_taken_away_can_be_brought_in_again(room, language):
    page, me = notice(room.section, "text"), room.publisher
    choose_language(me, by=me, language=language, version=me.version)
    client = signed_in(me)
    add(room, page, "/dibao", "=1+1")
    file = SimpleUploadedFile("a.csv", b"".join(client.get(EXPORT).streaming_content))
    looked = client.post(BRING, {"file": file})
    assert stopped(looked) == {2: ["bad-address"]}  # it leads there already
    assert [one.page for one in looked.context["looked"]] == [page.page_ptr]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_are_looked_at_and_added_only_when_the_officer_says_so(room, encoding):
    page, client = notice(room.section, "text"), signed_in(room.publisher)
    looked = sent(client, "/dibao,/notices/text/,海报", "jiuzhu,/notices/text,信函", encoding=encoding)
    assert stopped(looked) == {2: [], 3: []} and not Redirect.objects.exists()
    done = sure(client, looked)
    assert [one.done for one in done.context["outcomes"]] == [True, True]
    noted = AddressChange.objects.filter(record=room.record(page)).values_list("path", "reason")
    assert list(noted) == [("/dibao", "海报"), ("/jiuzhu", "信函")]
    assert Client().get("/dibao/").headers["Location"] == "/notices/text/"
    assert len({one.event_id for one in AddressChange.objects.all()}) == 2


def test_each_row_says_what_stops_it_and_the_others_are_done(room):
    notice(room.section, "text")
    room.draft("draft")
    add(room, notice(room.section, "other"), "/taken")
    client = signed_in(room.publisher)
    looked = sent(
        client,
        "/good,/notices/text/,海报",
        "/b%20ad,/notices/text/,海报",
        "/taken,/notices/text/,海报",
        "/notices/text/,/notices/other/,海报",
        "/verify/,/notices/text/,海报",
        "/a,/notices/nothing/,海报",
        "/b,https://x.example/notices/text/,海报",
        "/c,/notices/draft/,海报",
        "/d,/notices/text/,",
        "/good/,/notices/text/,再来",
        f"/e,/notices/text/,{'长' * 301}",
        ",,",
        "/f,,海报",
    )
    assert stopped(looked) == {
        2: [],
        **dict.fromkeys(range(3, 7), ["bad-address"]),
        7: ["no-page"],
        8: ["no-page"],
        9: ["not-public"],
        10: ["required"],
        11: ["row-twice"],
        12: ["too-long"],
        14: ["no-page"],
    }
    done = sure(client, looked).context
    assert (done["done"], done["refused"]) == (1, 11)
    assert Redirect.objects.filter(old_path="/good").exists() and Redirect.objects.count() == 2
    again = client.post(BRING, {"rows": done["rows"]})  # what was not done is kept and looked at once more
    assert [one.wanted.row for one in again.context["looked"]] == [*range(3, 13), 14]
    assert stopped(again)[11] == ["bad-address"]


def test_rows_outside_one_s_sections_are_stopped_and_who_releases_nothing_brings_nothing_in(room):
    notice(room.section, "text")
    assert stopped(sent(signed_in(of_one_section(room, "policies")), "/a,/notices/text/,海报")) == {
        2: ["not-your-section"]
    }
    for officer in (room.writer, room.reviewer):
        assert signed_in(officer).get(BRING).status_code == 403
        assert sent(signed_in(officer), "/a,/notices/text/,海报").status_code == 302  # to the first screen


def test_what_changed_since_the_look_is_refused_row_by_row(room):
    page, other = notice(room.section, "text"), notice(room.section, "other")
    client = signed_in(room.publisher)
    looked = sent(client, "/a,/notices/text/,海报", "/b,/notices/other/,海报", "/c,/notices/other/,海报")
    add(room, page, "/first")
    add(room, notice(room.section, "third"), "/b")
    done = sure(client, looked).context["outcomes"]
    assert [one.done for one in done] == [False, False, True]
    assert [one.path for one in AddressChange.objects.filter(record=room.record(other))] == ["/c"]


def test_a_row_that_fails_by_our_fault_is_told_and_the_next_is_done(room, monkeypatch):
    notice(room.section, "text")
    client = signed_in(room.publisher)
    looked = sent(client, "/a,/notices/text/,海报", "/b,/notices/text/,海报")

    def fails_once(*args, **words):
        if words["path"] == "/a":
            raise RuntimeError
        return add_address(*args, **words)

    monkeypatch.setattr("portal.cms.publishing.bringing.add_address", fails_once)
    assert [one.done for one in sure(client, looked).context["outcomes"]] == [False, True]


def test_a_refused_file_is_told_beside_its_field(room):
    client = signed_in(room.publisher)
    for file in (
        {},
        {"file": SimpleUploadedFile("a.csv", b"")},
        {"file": SimpleUploadedFile("a.csv", b"a,b")},
    ):
        answer = client.post(BRING, file)
        assert answer.status_code == 422 and answer.context["form"].errors["file"]


def test_a_page_that_the_form_names_falsely_gets_no_address(room):
    draft, client = room.draft("draft"), signed_in(of_one_section(room, "policies"))
    page = notice(room.section, "text")
    rows = [
        [2, "/a", "/x/", "海报", page.pk, room.record(page).version],
        [3, "/b", "/x/", "海报", draft.pk, 1],
    ]
    done = client.post(BRING, {"rows": json.dumps(rows), "sure": "1"})
    assert [one.done for one in done.context["outcomes"]] == [False, False]
    assert not Redirect.objects.exists()


def test_five_hundred_rows_are_looked_at_with_the_queries_of_one(room):
    notice(room.section, "text")
    client = signed_in(room.publisher)
    sent(client, "/a,/notices/text/,海报")

    def counted(*rows: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert len(sent(client, *rows).context["looked"]) == len(rows)
        return len(asked)

    many = [f"/a-{number},/notices/text/,海报" for number in range(500)]
    assert counted(*many) == counted("/a,/notices/text/,海报")


def test_the_report_of_addresses_not_found_stands_beside_it(room):
    client = signed_in(room.writer)
    missing = reverse("publishing:missing")
    assert f'href="{SCREEN}"' in client.get(missing).content.decode()
    assert f'href="{missing}"' in client.get(SCREEN).content.decode()
