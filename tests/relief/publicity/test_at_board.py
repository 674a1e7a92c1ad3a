"""At the boards: who records what, photos used once, gaps that add days, sheets that come down."""

from datetime import date

import pytest

from relief.confidential.pictures import Picture
from relief.errors import Blocked, Invalid, NotAllowed, Refused, Stale
from relief.ledger.models import Publication
from relief.officers.models import Officer, Role
from relief.places.set_up import enter_board
from relief.publicity.at_board import board_version, pin_again, print_sheet, spot_check, take_down
from relief.publicity.board_photo import SAME_LOOK, open_photo
from relief.publicity.close import close, due_for_closing, why_not_closed
from relief.publicity.evidence_models import BoardEvidence, BoardPhoto, Supplement
from relief.publicity.expire import due_for_expiry
from relief.publicity.models import Posting, PublicList
from relief.publicity.monitor import in_trouble, watch
from relief.publicity.post import listed_boards, missing_boards, post
from relief.publicity.queries import names_visible
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.models import Access, Event
from tests.factories import cases
from tests.factories.district import District, make_district

DAY = date(2026, 3, 2)
A, B = "10101", "10102"


def march(day: int):
    return clock.moved_to(clock.at(date(2026, 3, day)))


def picture(n: int = 1, *, look: int | None = None) -> Picture:
    """A photo as `decode` gives it; another number is another photo."""
    value = (n * 0x9E3779B97F4A7C15F39CC0605CEDC834 * 2**120 if look is None else look) % 2**256
    return Picture(f"jpeg {n}".encode(), 8, 6, f"{n:064x}", f"{n + 1000:064x}", f"{value:064x}")


@pytest.fixture
def district(db: None):
    with clock.moved_to(clock.at(DAY)):
        yield make_district()


@pytest.fixture
def running(district: District) -> PublicList:
    """A list that hangs on both boards of its street since 2 March: to 8 March."""
    for community in (A, B):
        cases.reviewed(district, community)
    return cases.posted(district, cases.published(district))


def who(district: District, role: Role, area: str) -> Officer:
    return district.officer(role, area)


def check(district: District, one: PublicList, place: str, day: int, *, seen: bool = False, **more):
    """A spot check by the community's examiner, recorded on that day."""
    board = district.boards[place]
    with march(day):
        return spot_check(
            one,
            by=more.pop("by", who(district, Role.COMMUNITY_EXAMINER, place)),
            version=board_version(one, board),
            board=board,
            seen=seen,
            checked_on=date(2026, 3, day),
            **more,
        )


def again(district: District, one: PublicList, place: str, day: int, *, recorded: int = 0, **more):
    """Pinned up again by the community's clerk."""
    board = district.boards[place]
    with march(recorded or day):
        pin_again(
            one,
            by=more.pop("by", who(district, Role.COMMUNITY_CLERK, place)),
            version=board_version(one, board),
            board=board,
            pinned_on=date(2026, 3, day),
            **more,
        )
    one.refresh_from_db()
    return one


def added(one: PublicList) -> list[tuple[int, int, int, int]]:
    """(missing from, missing until, days, last day after) of each supplement; days of March."""
    return [
        (row.missing_from.day, row.missing_until.day, row.days, row.ends_after.day)
        for row in Supplement.objects.filter(public_list=one)
    ]


def test_missing_days_are_added_once_with_an_act_of_their_own(district, running):
    digest = running.digest
    check(district, running, A, 4)
    check(district, running, B, 5)
    assert again(district, running, A, 6).ends_on == date(2026, 3, 11)
    assert again(district, running, B, 7).ends_on == date(2026, 3, 12)
    assert added(running) == [(4, 6, 3, 11), (5, 7, 1, 12)]
    assert (running.names_until, running.digest) == (running.ends_on, digest)
    acts = Event.objects.filter(act="extend-period").order_by("pk")
    assert [act.pk for act in acts] == [row.event_id for row in Supplement.objects.all()]
    assert [row.kind for row in Publication.objects.filter(ref=running.number)] == ["list", *["period"] * 3]
    with march(12), pytest.raises(Blocked, match="2026"):
        close(running, by=Robot("closing"), version=running.version)
    with march(13):
        assert due_for_closing() == [running]


def test_a_gap_that_lasts_keeps_the_list_open_and_its_rows_unseen(district, running):
    check(district, running, A, 8)
    check(district, running, B, 9)
    with march(10):
        assert [reason.code for reason in why_not_closed(running)] == ["board-bare"]
        assert due_for_closing() == due_for_expiry() == []
        assert not names_visible(running)
        assert [reason.code for reason in watch([running])[running.pk].waits] == ["board-bare"]
        assert list(PublicList.objects.filter(in_trouble("boards", clock.today()))) == [running]
    # 8 to 10 are missing at A: one day is owed from the 11th on, and now B's gap lies within the period
    assert again(district, running, A, 10).ends_on == date(2026, 3, 11)
    with march(12):
        assert [reason.code for reason in why_not_closed(running)] == ["board-bare"]
    assert again(district, running, B, 12).ends_on == date(2026, 3, 13)
    with march(13):
        assert names_visible(running)
        assert running.public_rows.count() == 2
    with march(14):
        assert due_for_closing() == [running]


def test_a_gap_after_the_end_does_nothing(district, running):
    check(district, running, A, 9)
    with march(9):
        assert due_for_closing() == [running]
    assert again(district, running, A, 10).ends_on == date(2026, 3, 8)
    assert added(running) == []


def test_days_that_the_web_could_not_show_are_owed_too(district, running):
    """Pinned up on the 9th, told on the 12th: the added day begins when the web shows the names again."""
    check(district, running, A, 8)
    assert again(district, running, A, 9, recorded=12).ends_on == date(2026, 3, 12)
    assert added(running) == [(8, 9, 4, 12)]


def test_what_is_missing_before_day_one_moves_day_one(district):
    for community in (A, B):
        cases.reviewed(district, community)
    one = cases.published(district)
    by = who(district, Role.STREET_PUBLISHER, "101")
    post(one, by=by, version=one.version, board=district.boards[A], posted_on=DAY)
    one.refresh_from_db()
    check(district, one, A, 3)
    with march(4):
        post(one, by=by, version=one.version + 1, board=district.boards[B], posted_on=date(2026, 3, 4))
    one.refresh_from_db()
    assert one.starts_on is None
    one = again(district, one, A, 5)
    assert (one.starts_on, one.ends_on) == (date(2026, 3, 5), date(2026, 3, 11))
    check(district, one, B, 6)
    assert again(district, one, B, 6).ends_on == date(2026, 3, 12)


def test_a_board_set_up_later_changes_nothing_of_a_running_list(district, running):
    enter_board(district.areas[A], name_zh="新公告栏", name_en="New board")
    assert missing_boards(running) == []
    assert {board.area.number for board in listed_boards(running)} == {A, B}
    with march(4):
        by = who(district, Role.COMMUNITY_CLERK, A)
        assert print_sheet(running, by=by, version=2, board=district.boards[A]).step == "printed"
    running.refresh_from_db()
    assert running.ends_on == date(2026, 3, 8)


def refused(code: str, act, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    assert caught.value.reasons[0].code == code
    return caught.value


def test_who_may_and_when(district, running):
    clerk, other = (who(district, Role.COMMUNITY_CLERK, place) for place in (A, B))
    publisher = who(district, Role.STREET_PUBLISHER, "101")
    board = district.boards[A]
    here = {"version": 2, "board": board}
    assert isinstance(refused("foreign-area", print_sheet, running, by=other, **here), NotAllowed)
    checker = who(district, Role.DISTRICT_CHECKER, "000")
    assert isinstance(refused("not-your-role", print_sheet, running, by=checker, **here), NotAllowed)
    look = {**here, "seen": True, "checked_on": DAY}
    assert isinstance(refused("four-eyes", spot_check, running, by=publisher, **look), NotAllowed)
    refused("not-your-role", spot_check, running, by=clerk, **look)
    reviewer = who(district, Role.STREET_REVIEWER, "101")
    refused("future-day", spot_check, running, by=reviewer, **{**look, "checked_on": date(2026, 3, 3)})
    refused("before-last-step", spot_check, running, by=reviewer, **{**look, "checked_on": date(2026, 3, 1)})
    refused("not-missing", pin_again, running, by=clerk, **here, pinned_on=DAY)
    refused("period-running", take_down, running, by=clerk, **here, taken_on=DAY)
    refused("not-listed", spot_check, running, by=reviewer, **{**look, "board": district.boards["10201"]})
    check(district, running, A, 3)
    with march(3):
        late = {**look, "checked_on": date(2026, 3, 3)}
        assert isinstance(refused("changed-meanwhile", spot_check, running, by=reviewer, **late), Stale)
        refused("known-missing", spot_check, running, by=reviewer, **{**late, "version": 3})


def test_sheets_come_down_after_the_last_day(district, running):
    clerk, board = who(district, Role.COMMUNITY_CLERK, A), district.boards[A]
    running = cases.closed(district, running)
    with march(10):
        refused("before-the-end", take_down, running, by=clerk, version=2, board=board,
                taken_on=date(2026, 3, 8))  # fmt: skip
        done = take_down(running, by=clerk, version=2, board=board, taken_on=date(2026, 3, 9))
        assert done.happened_on == date(2026, 3, 9)
        refused("taken-down", take_down, running, by=clerk, version=3, board=board, taken_on=DAY)


def test_a_photo_where_the_bureau_asks_one(district, running):
    enter_standard("boards.photo", kind=Kind.SWITCH, value="yes", from_date=date(2026, 3, 4),
                   clause=Clause.objects.get(key="local"))  # fmt: skip
    check(district, running, A, 3, seen=True)
    with pytest.raises(Invalid) as caught:
        check(district, running, A, 4, seen=True)
    assert caught.value.fields["photo"][0].code == "photo-missing"
    done = check(district, running, A, 4, seen=True, photo=picture())
    reader = who(district, Role.STREET_PUBLISHER, "101")
    assert open_photo(done.photo, by=reader) == b"jpeg 1"
    look = Access.objects.latest("pk")
    assert (look.purpose, look.subjects) == ("board-photo", [f"publiclist:{running.code}"])


@pytest.mark.parametrize(
    "other",
    [
        picture(1),
        Picture(b"x", 8, 6, f"{1:064x}", "e" * 64, "f" * 64),  # the same upload
        Picture(b"x", 8, 6, "e" * 64, f"{1001:064x}", "f" * 64),  # the same pixels
        Picture(b"x", 8, 6, "e" * 64, "d" * 64, f"{int(picture(1).look, 16) ^ (2**SAME_LOOK - 1):064x}"),
    ],
    ids=["again", "bytes", "pixels", "look"],
)
def test_a_photo_used_before_is_refused_and_told_where(district, running, other):
    check(district, running, A, 3, seen=True, photo=picture(1))
    with pytest.raises(Invalid) as caught:
        check(district, running, B, 5, seen=True, photo=other)
    (reason,) = caught.value.fields["photo"]
    assert reason.code == "photo-used"
    assert running.number in str(reason) and "东园社区公告栏" in str(reason)
    assert BoardPhoto.objects.count() == 1
    look = f"{int(picture(1).look, 16) ^ (2 ** (SAME_LOOK + 1) - 1):064x}"
    apart = Picture(b"x", 8, 6, "e" * 64, "d" * 64, look)
    assert check(district, running, B, 5, seen=True, photo=apart).photo


def test_the_person_at_the_board_posts_with_a_photo(district):
    cases.reviewed(district)
    one = cases.published(district)
    clerk, board = who(district, Role.COMMUNITY_CLERK, A), district.boards[A]
    posting = post(one, by=clerk, version=one.version, board=board, posted_on=DAY, photo=picture())
    assert (posting.photo.public_list, posting.officer_name) == (one, clerk.name)
    one.refresh_from_db()
    assert one.starts_on == DAY
    assert Posting.objects.filter(photo__isnull=False).count() == 1
    examiner = who(district, Role.COMMUNITY_EXAMINER, A)
    assert spot_check(one, by=examiner, version=2, board=board, seen=True, checked_on=DAY).photo is None
    assert BoardEvidence.objects.filter(event_id=Event.objects.latest("pk").pk).count() == 1


def test_looks_of_one_photo_and_of_two(db):
    """Of one photo encoded anew, smaller, lighter at most 12 fields differ; by hand again many more."""
    from relief.confidential.pictures import decode, looks_apart
    from tests.relief.confidential.pictures import jpeg, scene

    for seed in (1, 2):
        plain = scene(seed)
        base = decode(jpeg(plain)).look
        same = [
            jpeg(plain, quality=35),
            jpeg(plain.resize((400, 300))),
            jpeg(plain.point(lambda value: min(255, int(value * 1.15)))),
        ]
        assert max(looks_apart(base, decode(one).look) for one in same) <= SAME_LOOK
        honest = [scene(seed, shift=25), scene(seed, shift=12, tilt=2.0), scene(seed, tilt=-3.0)]
        assert min(looks_apart(base, decode(jpeg(one)).look) for one in honest) > SAME_LOOK
