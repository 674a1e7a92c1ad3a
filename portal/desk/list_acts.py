"""Acts on one list: publish by a second person, record a posting, close."""

from contextlib import suppress
from typing import Any

from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, ListAct
from portal.desk.public_view import preview_of
from portal.desk.shown import shown
from portal.forms import DateField
from relief.errors import Blocked, Refused
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import Board
from relief.publicity.close import close, why_not_closed
from relief.publicity.gate import inspect_list
from relief.publicity.models import ListState, PublicList
from relief.publicity.post import post
from relief.publicity.publish import list_in_state, publish
from relief.trail import clock


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
        return context


class PostForm(ActForm):
    posted_on = DateField(label=_("Day on which it was put up"))


class Post(ListAct):
    name = "post"
    title = _("Record a posting")
    text = _("Enter it after you have seen the list hang there.")
    button = _("Save the posting")
    done = _("The posting is recorded.")
    form_class = PostForm

    def find(self, officer: Officer, **address: Any) -> PublicList:
        found = super().find(officer, **address)
        board = Board.objects.filter(code=address["board"]).select_related("area").first()
        if board is None:
            raise Http404
        self.board = board
        return found

    def check(self, subject: PublicList, officer: Officer) -> None:
        list_in_state(subject, ListState.RUNNING)
        acting(officer, {Role.STREET_PUBLISHER}, subject.area_id)

    def initial(self, subject: PublicList, officer: Officer) -> dict[str, Any]:
        return {"posted_on": clock.today()}

    def perform(self, subject: PublicList, officer: Officer, answer: dict[str, Any]) -> Any:
        return post(
            subject, by=officer, version=answer["version"], board=self.board, posted_on=answer["posted_on"]
        )

    def context(
        self, subject: PublicList, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        context = super().context(subject, officer, form, preview=preview)
        title = gettext("Record a posting: %(board)s") % {"board": self.board.name}
        return {**context, "title": title}

    def stands(self, subject: PublicList, officer: Officer) -> dict[str, Any]:
        held = subject.postings.filter(board=self.board).first()
        return {"posted_on": f"{shown(held.posted_on)} · {held.officer_name}"} if held else {}


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
