"""Acts on one list: publish by a second person, close. Those at a board stand in board_acts.py."""

from contextlib import suppress
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, ListAct
from portal.desk.gate import findings_of
from portal.desk.public_view import preview_of
from relief.errors import Blocked, Refused
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.publicity.close import close, why_not_closed
from relief.publicity.gate import inspect_list
from relief.publicity.models import ListState, PublicList
from relief.publicity.publish import list_in_state, publish


class Publish(ListAct):
    name = "publish-list"
    title = _("Publish the list")
    text = _("With this the rows are frozen and stand on the web at once. Nobody can edit them afterwards.")
    button = _("Publish")
    done = _("The list is published. Post it on every board listed below; the period begins with the last.")
    template = "desk/publish.html"

    def check(self, subject: PublicList, officer: Officer) -> None:
        list_in_state(subject, ListState.COMPILED)
        acting(officer, {Role.STREET_PUBLISHER}, subject.area_id)

    def perform(self, subject: PublicList, officer: Officer, answer: dict[str, Any]) -> PublicList:
        with suppress(Refused):  # then publishing says why not, and that is recorded
            self.check(subject, officer)
            inspect_list(subject, by=officer)
        return publish(subject, by=officer, version=answer["version"])

    def context(
        self, subject: PublicList, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        context = super().context(subject, officer, form, preview=preview)
        if subject.state == ListState.COMPILED:
            try:
                context |= preview_of(subject, officer)
            except Refused as refused:
                context["outdated"] = refused.reasons
            context["findings"] = findings_of(subject)
        return context


class Close(ListAct):
    name = "close-list"
    title = _("Close the list")
    text = _("The period is over. All its cases go to the district for decision.")
    button = _("Close the list")
    done = _("The list is closed; its cases are with the district.")

    def check(self, subject: PublicList, officer: Officer) -> None:
        list_in_state(subject, ListState.RUNNING)
        acting(officer, {Role.STREET_PUBLISHER}, subject.area_id)
        reasons = why_not_closed(subject)
        if reasons:
            raise Blocked(*reasons)

    def perform(self, subject: PublicList, officer: Officer, answer: dict[str, Any]) -> PublicList:
        return close(subject, by=officer, version=answer["version"])
