"""Who acted, in the reader's words: a person by name, a part of the system by what it does."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

ROBOT = "robot"
#: the names that stand in the trail, each with what its robot does
ROBOTS: dict[str, Any] = {
    "setup": _("set-up of the site"),
    "publishing-schedule": _("scheduled publishing"),
    "close-lists": _("end of publicity periods"),
    "list-closer": _("end of publicity periods"),
    "standing-lists": _("making of standing lists"),
    "expiry": _("removal of names whose time is over"),
    "correction-reader": _("check of corrections"),
    "web-counter": _("reception on the website"),
    "rehearsal": _("rehearsal of a publication"),
    "calendar-keeper": _("reckoning of time limits"),
    "reminder": _("reminders of time limits"),
    "import_households": _("import of households"),
}


def actor_in_words(name: str, role: str) -> str:
    """The name as the trail keeps it; a robot's by what it does. `role` is the trail's `actor_role`."""
    return str(ROBOTS.get(name, name)) if role == ROBOT else name


def who(row: Any) -> str:
    """Who acted, of an Event or a row of history."""
    return actor_in_words(row.actor_name, row.actor_role)
