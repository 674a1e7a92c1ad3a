"""Feeds (Atom) and calendars (iCalendar) of the lists: number, title, dates, counts, link, never a name."""

from __future__ import annotations

from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from portal.atom import ATOM, tag
from portal.atom import feed as atom_feed
from portal.context import Bureau
from portal.freshness import fresh_answer
from portal.publicity import addresses
from portal.publicity.history import extension_in_words
from portal.publicity.standing import counts_in_words, days_in_words
from portal.templatetags.cap import day_in_words
from relief.places.models import Area, Level
from relief.publicity.models import ListKind, ListState, PublicList
from relief.publicity.news import Dated, News, news, periods
from relief.trail import clock

ICS = "text/calendar; charset=utf-8"


@require_safe
def atom(request: HttpRequest, street: str = "") -> HttpResponse:
    """The 50 newest changes of all lists or of one street; 404 for a street that doesn't exist."""
    title = _title(street)
    return fresh_answer(
        request, None, lambda: HttpResponse(atom_bytes(title, street), content_type=ATOM), hidden=False
    )


@require_safe
def calendar(request: HttpRequest, street: str = "") -> HttpResponse:
    """The periods of publicity, one all-day event a list; 404 for a street that doesn't exist."""
    title = _title(street)
    return fresh_answer(
        request, None, lambda: HttpResponse(calendar_bytes(title, street), content_type=ICS), hidden=False
    )


def feed_path(form: str, street: str = "") -> str:
    """`/feeds/lists.atom`, `/feeds/lists-101.ics`, in the active language."""
    if street:
        return reverse(f"publicity:street-{form}", args=[street])
    return reverse(f"publicity:all-{form}")


def feeds_of(area: Area | None = None) -> dict[str, str]:
    """Feed and calendar of a street, or of all, for the pages that lead there."""
    street, name = (area.number, area.name) if area else ("", "")
    return {"atom": feed_path("atom", street), "ics": feed_path("ics", street), "street": name}


def atom_bytes(title: str, street: str = "") -> bytes:
    feed = atom_feed(
        title=title,
        link=_absolute(addresses.section_path(ListKind.PRE_APPROVAL)),
        description=_("What changes in the public lists: number, dates and counts, no names."),
        address=feed_path("atom", street),
    )
    for one in news(street):
        at = one.at.astimezone(clock.SHANGHAI)  # of a night in UTC the day before, which no list may name
        feed.add_item(
            title=_("%(what)s: %(title)s") % {"what": words_of(one), "title": one.list.title},
            link=_absolute(addresses.list_path(one.list)),
            description=summary_of(one),
            unique_id=tag(f"journal/{one.seq}"),
            pubdate=at,
            updateddate=at,
            categories=[one.kind],
        )
    return feed.as_bytes()


def calendar_bytes(title: str, street: str = "") -> bytes:
    book = Calendar()
    book.add("prodid", f"-//{_host()}//lists//{'EN' if get_language() == 'en' else 'ZH'}")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", title)
    book.add("x-wr-timezone", "Asia/Shanghai")
    for one in periods(street):
        book.add_component(_event(one))
    return bytes(book.to_ical())


def _event(one: Dated) -> Event:
    """A period: its last day counts, so the event ends, as calendars write it, with the day after."""
    shown, event = one.list, Event()
    assert shown.starts_on is not None and shown.ends_on is not None
    withdrawn = shown.state == ListState.WITHDRAWN
    event.add("uid", f"{shown.number}@{_host()}")
    event.add("sequence", one.changes)
    event.add("dtstamp", one.at.astimezone(UTC))
    event.add("last-modified", one.at.astimezone(UTC))
    event.add("dtstart", shown.starts_on)
    event.add("dtend", shown.ends_on + timedelta(days=1))
    event.add("status", "CANCELLED" if withdrawn else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("summary", _("Withdrawn: %(title)s") % {"title": shown.title} if withdrawn else shown.title)
    event.add("description", _facts(shown, _period(shown)))
    event.add("url", _absolute(addresses.list_path(shown)))
    return event


def words_of(one: News) -> str:
    """What happened, in a few words."""
    if one.kind == "period":
        return _("Period extended") if one.supplement else _("Open to objections")
    published = {
        ListKind.PRE_APPROVAL: _("List before approval published"),
        ListKind.ANNOUNCEMENT: _("Decisions announced"),
        ListKind.CHANGES: _("Changes and endings announced"),
        ListKind.STANDING: _("Standing list published"),
    }
    return {
        "list": published.get(ListKind(one.list.kind), ""),
        "close": _("Period ended"),
        "expire": _("Names deleted"),
        "retract": _("A row left the list"),
        "withdraw": _("Withdrawn"),
        "correct": _("Corrected"),
        "rows": _("Period of corrected rows ended"),
    }[one.kind]


def summary_of(one: News) -> str:
    """What the entry says: the change note, then number, dates and counts."""
    english = get_language() == "en"
    if one.kind == "period":
        note = extension_in_words(one.supplement) if one.supplement else _period(one.list)
    elif one.kind == "correct" and one.correction:
        note = one.correction.note_en if english else one.correction.note_zh
    elif one.kind == "withdraw":
        note = (one.list.note_en if english else one.list.note_zh) or ""
    elif one.kind == "retract" and one.row:
        note = _("Row %(row)s left the list") % {"row": one.row}
    else:
        note = ""
    return _facts(one.list, note)


def _facts(shown: PublicList, note: str) -> str:
    facts = _("%(counts)s, check code %(code)s") % {
        "counts": counts_in_words(shown),
        "code": shown.check_code,
    }
    return "\n".join(part for part in (note, shown.number, facts) if part)


def _period(shown: PublicList) -> str:
    if not shown.ends_on:
        return ""
    if shown.ends_on < clock.today() or shown.state != ListState.RUNNING:
        return _("Period of publicity: %(days)s") % {"days": days_in_words(shown)}
    return _("Objections are taken until %(day)s") % {"day": day_in_words(shown.ends_on)}


def _title(street: str) -> str:
    if not street:
        return _("Public lists of %(bureau)s") % {"bureau": Bureau().name}
    area = Area.objects.filter(level=Level.STREET, number=street).first()
    if area is None:
        raise Http404
    return _("Public lists of %(street)s") % {"street": area.name}


def _host() -> str:
    return urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_BASE_URL}{path}"
