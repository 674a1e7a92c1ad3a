"""Addresses of what was public: moved by one act, led on for ever, short ones added and taken away."""

import pytest
from django.db import transaction
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page

from portal.pages.models import NoticePage, SectionPage
from portal.pages.seed import ENGLISH, add_live, translated
from portal.publishing.addresses import leads_to, path_of
from portal.publishing.lead import add_address, end_address
from portal.publishing.models import AddressChange, PageRecord, PublicChange
from portal.publishing.move import move
from portal.publishing.withdraw import withdraw
from relief.errors import Blocked, Invalid, NotAllowed, Stale, WrongState
from relief.ledger.models import Publication
from relief.officers.appoint import appoint_to_section
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.trail import clock
from relief.trail.models import Event
from tests.factories.texts import Newsroom, make_newsroom, taken_down
from tests.portal.publishing.test_withdraw import gone, notice

WHY = {"reason_zh": "统一命名。", "reason_en": "Named alike."}


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def moved(room: Newsroom, page: Page, slug: str, parent: Page | None = None, **more: object) -> PageRecord:
    record = room.record(page)
    place = {"slug": slug, "parent": parent or page.get_parent(), "version": record.version}
    return move(record, **{"by": room.publisher, **place, **WHY, **more})


def column(room: Newsroom, slug: str = "column", parent: Page | None = None) -> SectionPage:
    section = SectionPage(title=f"专栏{slug}", slug=slug, locale=room.section.locale)
    add_live(Page.objects.get(pk=(parent or room.section).pk), section)
    return section


def where(address: str) -> str:
    """Where an address leads: to itself, elsewhere, or nowhere."""
    answer = Client().get(address)
    return {200: address, 302: answer.get("Location", "")}.get(answer.status_code, str(answer.status_code))


def test_a_move_is_one_act_in_trail_journal_and_public_history(room):
    page, rows = notice(room.section, "first"), Publication.objects.count()
    digest = room.record(page).digest
    kept = moved(room, page, "second")
    fresh = Page.objects.get(pk=page.pk)
    assert (path_of(fresh), kept.digest) == ("/notices/second/", digest)
    change = PublicChange.objects.filter(record=kept).last()
    assert (change.kind, change.note_zh, change.note_en) == ("moved", *WHY.values())
    event = Event.objects.get(pk=change.event_id)
    assert (event.act, event.actor_name) == ("move-page", room.publisher.name)
    assert Publication.objects.count() == rows + 1
    noted = AddressChange.objects.get(record=kept)
    assert (noted.path, noted.kind, noted.reason) == ("/notices/first", "moved", "统一命名。")
    assert where("/notices/first/?page=2") == "/notices/second/?page=2"
    assert WHY["reason_zh"] in Client().get(f"/page-history/{kept.code}/").content.decode()


def test_what_lies_below_is_found_at_its_old_address_also_when_it_was_offline_or_removed(room):
    section, target = column(room), column(room, "target")
    on, off, left = (notice(section, slug) for slug in ("on", "off", "left"))
    deep = notice(column(room, "deep", section), "text")
    gone(room, left)
    taken_down(NoticePage.objects.get(pk=off.pk))
    draft = NoticePage(title="稿", slug="draft", issuer="局", locale=section.locale, live=False)
    SectionPage.objects.get(pk=section.pk).add_child(instance=draft)
    moved(room, section, "renamed", target)
    for slug in ("on", "left"):
        assert where(f"/notices/column/{slug}/") == f"/notices/target/renamed/{slug}/"
    assert where("/notices/column/deep/text/") == path_of(Page.objects.get(pk=deep.pk))
    assert (where("/notices/column/off/"), where("/notices/column/draft/")) == ("404", "404")
    room.published(room.edited(off, title="再次公开"))
    assert where("/notices/column/off/") == "/notices/target/renamed/off/"
    assert not Redirect.objects.filter(redirect_page=draft).exists()
    assert where(path_of(Page.objects.get(pk=on.pk))) == "/notices/target/renamed/on/"


def test_a_page_that_moves_twice_and_back_leads_from_each_address_and_never_in_a_circle(room):
    page = notice(room.section, "one")
    for slug in ("two", "three", "one"):
        moved(room, Page.objects.get(pk=page.pk), slug)
    assert [where(f"/notices/{slug}/") for slug in ("one", "two", "three")] == ["/notices/one/"] * 3
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/notices/two", "/notices/three"}


def test_a_translation_goes_along_and_the_english_address_of_a_chinese_page_leads_on_too(room):
    alone, page = notice(room.section, "alone"), notice(room.section, "pair")
    twin = translated(page, {}, Locale.objects.get(language_code=ENGLISH))
    moved(room, alone, "alone-now")
    moved(room, page, "pair-now")
    assert path_of(Page.objects.get(pk=twin.pk)) == "/en/notices/pair-now/"
    assert [change.kind for change in room.record(twin).changes.all()] == ["first", "moved"]
    assert where("/en/notices/pair/") == "/en/notices/pair-now/"
    assert where("/en/notices/alone/") == "/en/notices/alone-now/"


def test_drafts_and_texts_in_review_keep_the_new_address(room):
    page = room.published()
    waiting = room.handed_in(room.edited(page, title="审核中"))
    moved(room, page, "renamed")
    room.released(waiting)
    live = Page.objects.get(pk=page.pk)
    assert (live.slug, live.title, path_of(live)) == ("renamed", "审核中", "/notices/renamed/")
    again = room.published(room.edited(page, title="后来的稿"))
    assert (again.slug, again.title) == ("renamed", "后来的稿")


def test_nobody_takes_an_old_address_while_it_leads_and_then_nobody_was_sent_away_for_good(room):
    page = notice(room.section, "wanted")
    moved(room, page, "other")
    with pytest.raises(Invalid):
        moved(room, notice(room.section, "third"), "wanted")
    version = room.record(page).version
    end_address(room.record(page), by=room.publisher, path="/notices/wanted", reason="另用", version=version)
    second = notice(room.section, "wanted")
    assert where("/notices/wanted/") == "/notices/wanted/"
    moved(room, second, "elsewhere")
    assert Client().get("/notices/wanted/").status_code == 302
    assert where("/notices/wanted/") == "/notices/elsewhere/"


@pytest.mark.parametrize("slug", ["", "有字", "Has Space", "a" * 61, "../up"])
def test_a_name_that_is_none_is_told(room, slug):
    with pytest.raises(Invalid) as refused:
        moved(room, notice(room.section, "first"), slug)
    assert list(refused.value.fields) == ["slug"]


def test_what_can_not_move_says_why_and_stays(room):
    page, section = notice(room.section, "first"), column(room)
    inside = column(room, "inside", section)
    draft = room.draft("draft")
    home, policies = room.homes["zh-hans"], Page.objects.get(slug="policies", locale=page.locale)
    english = Page.objects.get(slug="notices", locale__language_code=ENGLISH)
    other = notice(room.section, "taken")
    tries = [
        (Blocked, room.section, "news", home),
        (Blocked, page, "first", policies),
        (Blocked, page, "first", english),
        (Blocked, section, "column", inside),
        (Blocked, page, "first", draft),
        (Invalid, page, "taken", None),
        (Invalid, page, "first", None),
    ]
    for refusal, one, slug, parent in tries:
        with pytest.raises(refusal):
            moved(room, one, slug, parent)
    with pytest.raises(Invalid):
        moved(room, page, "second", reason_en=" ")
    with pytest.raises(Stale):
        moved(room, page, "second", version=99)
    assert not AddressChange.objects.exists() and not Redirect.objects.exists()
    assert path_of(Page.objects.get(pk=other.pk)) == "/notices/taken/"


def test_only_who_releases_texts_moves_them_and_only_between_own_sections(room):
    here, there = column(room, "here"), column(room, "there")
    page = notice(here, "text")
    officer = room.district.officer(Role.AUDITOR)
    appoint_to_section(
        officer, role=Role.PUBLISHER, section=str(here.translation_key), from_date=clock.today(), by=SETUP
    )
    for by in (room.writer, room.reviewer):
        with pytest.raises(NotAllowed):
            moved(room, page, "other", by=by)
    with pytest.raises(NotAllowed):
        moved(room, page, "text", there, by=officer)
    assert moved(room, page, "other", by=officer).version > 1


def test_a_short_address_leads_to_its_page_until_it_is_taken_away_and_both_have_a_reason(room):
    page = notice(room.section, "text")
    record = room.record(page)
    add_address(record, by=room.publisher, path=" /dibao/ ", reason="海报", version=record.version)
    assert [where(one) for one in ("/dibao/", "/en/dibao/")] == ["/notices/text/", "/en/notices/text/"]
    with pytest.raises(Stale):
        end_address(record, by=room.publisher, path="/dibao", reason="换", version=record.version)
    with pytest.raises(Invalid):
        end_address(
            room.record(page), by=room.publisher, path="/dibao", reason="", version=record.version + 1
        )
    end_address(room.record(page), by=room.publisher, path="/dibao", reason="换", version=record.version + 1)
    assert leads_to("/dibao/") == ""
    noted = AddressChange.objects.filter(path="/dibao").values_list("kind", "reason")
    assert list(noted) == [("added", "海报"), ("ended", "换")]
    acts = Event.objects.filter(subject_code=record.code).values_list("act", flat=True)
    assert list(acts)[-2:] == ["add-address", "end-address"]


@pytest.mark.parametrize(
    "path",
    ["", "/", "/notices/", "/notices/text", "/en/notices/text/", "/desk/x", "/cms/", "/verify", "/a b",
     "/x\\y", "https://elsewhere.example/x", "/../x", "//elsewhere.example/x", "/" + "a" * 300],
)  # fmt: skip
def test_no_other_address_is_taken_as_a_short_one(room, path):
    record = room.record(notice(room.section, "text"))
    with pytest.raises(Invalid) as refused:
        add_address(record, by=room.publisher, path=path, reason="海报", version=record.version)
    assert list(refused.value.fields) == ["path"] and not Redirect.objects.exists()


def test_a_withdrawn_page_keeps_its_addresses_and_a_draft_has_none(room):
    page, draft = notice(room.section, "text"), room.published(room.draft("was"))
    moved(room, page, "later")
    record = room.record(page)
    withdraw(record, by=room.publisher, way="superseded", version=record.version, **WHY)
    assert where("/notices/text/") == "/notices/later/"
    never = room.draft("never")
    room.handed_in(never)
    with pytest.raises(WrongState):
        moved(room, never, "other")
    with pytest.raises(WrongState):
        add_address(room.record(never), by=room.publisher, path="/x", reason="海报", version=1)
    assert draft.live


def test_redirects_are_written_by_acts_alone(room):
    page = notice(room.section, "first")
    moved(room, page, "second")
    leading = Redirect.objects.get()
    for way in (
        leading.delete,
        leading.save,
        lambda: Redirect.objects.create(old_path="/x", redirect_page=page),
    ):
        with pytest.raises(NotAllowed), transaction.atomic():
            way()
    assert where("/notices/first/") == "/notices/second/"


def test_addresses_that_nobody_knows_stay_unknown(room):
    for odd in ("/nothing/", "/nothing\x00/", "/" + "a" * 600 + "/", "/en/nothing/", "/%E4%BD/"):
        assert leads_to(odd) == ""
    assert where("/nothing/") == "404"
