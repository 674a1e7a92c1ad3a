"""`manage.py demo_accounts`: who can sign in to the demo, in both languages, with the one password."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from portal.demo.district import PASSWORD
from portal.demo.full_ground import FULL, MAIN_SEATS
from portal.demo.ground import Seat
from relief.officers.models import Account


class Command(BaseCommand):
    """Print the accounts; refused outside DEMO=1 and before the demo is loaded."""

    help = "Print the demo's accounts by role, with the password."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where there are none."""
        known = set(Account.objects.values_list("username", flat=True)) if settings.DEMO else set()
        seats = [seat for seat in MAIN_SEATS if seat.username in known]
        if not seats:
            raise CommandError(_("There are no demo accounts here: load the demo first."))
        self.stdout.write("\n" + _("Accounts (password of all: %(password)s)") % {"password": PASSWORD})
        for line in lines(seats):
            self.stdout.write(line)
        if others := len(known & {seat.username for seat in FULL.seats}) - len(seats):
            words = _("%(count)d more, called alike: jiedao2-shouli … jiedao7-fuze, shequ4 … shequ45-shencha")
            self.stdout.write("  " + words % {"count": others})


def lines(seats: list[Seat]) -> Iterator[str]:
    """One aligned line per seat: account, role in both languages, person and office."""
    for seat in seats:
        yield (
            f"  {filled(seat.username, 16)}{filled(roles(seat, 'en'), 40)}"
            f"{filled(roles(seat, 'zh-hans'), 32)}{seat.name} {FULL.office_of(seat)}{screens(seat)}"
        )


def roles(seat: Seat, language: str) -> str:
    with translation.override(language):
        return (", " if language == "en" else "、").join(str(role.label) for role in seat.roles)


def screens(seat: Seat) -> str:
    """A note where the officer's screens aren't in Chinese."""
    return " (English)" if seat.language == "en" else ""


def filled(text: str, width: int) -> str:
    """Padded to a width on the screen, where a Chinese character takes two places."""
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(width - taken, 1)
