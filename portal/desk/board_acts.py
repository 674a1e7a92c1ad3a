"""Acts at one board, on a telephone in the hand: printed, pinned up, checked, pinned again, taken down."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, ListAct
from portal.desk.shown import shown
from portal.desk.words import Row
from portal.forms import DateField
from relief.confidential.pictures import Picture, decode
from relief.errors import Invalid, Refused
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.places.models import Board
from relief.publicity.at_board import (
    CHECKS,
    PINS,
    board_version,
    pin_again,
    place_of,
    print_sheet,
    spot_check,
    take_down,
)
from relief.publicity.models import ListState, PublicList
from relief.publicity.post import post
from relief.publicity.publish import list_in_state
from relief.trail import clock
from relief.trail.verb import write_refusal


class PhotoForm(ActForm):
    """A day and a photo, taken at once by the camera of a telephone."""

    day = DateField(label=_("Day"))
    photo = forms.FileField(
        label=_("Photo of the board"),
        help_text=_(
            "JPEG, PNG or WebP, at most 20 MB. The sheet must be seen whole; no person in the picture."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
    )


class CheckForm(PhotoForm):
    seen = forms.ChoiceField(
        label=_("Does it hang there?"),
        choices=[("yes", _("It hangs there, whole and readable")), ("no", _("It is missing"))],
        widget=forms.RadioSelect,
    )
    field_order = ("version", "seen", "day", "photo")


class PostForm(PhotoForm):
    posted_on = DateField(label=_("Day on which it was put up"))
    field_order = ("version", "posted_on", "photo")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["day"]


class BoardAct(ListAct):
    """An act on a list at the board named by the address; its version is the board's own."""

    roles = PINS
    #: while the list runs only
    while_running = True
    form_class: ClassVar[type[ActForm]] = PhotoForm

    def find(self, officer: Officer, **address: Any) -> PublicList:
        found: PublicList = super().find(officer, **address)
        self.board = board_named(found, address["board"])
        return found

    def check(self, subject: PublicList, officer: Officer) -> None:
        if self.while_running:
            list_in_state(subject, ListState.RUNNING)
        acting(officer, self.roles, place_of(subject, self.board))

    def version_of(self, subject: PublicList) -> int:
        return board_version(subject, self.board)

    def form(self, subject: PublicList, officer: Officer, data: Any = None) -> ActForm:
        files = None if data is None else self.request.FILES
        first = {"version": self.version_of(subject), **self.initial(subject, officer)}
        return self.form_class(data, files, initial=first)

    def initial(self, subject: PublicList, officer: Officer) -> dict[str, Any]:
        return {"day": clock.today()}

    def perform(self, subject: PublicList, officer: Officer, answer: dict[str, Any]) -> Any:
        self._who_may(subject, officer)  # nobody else makes the house decode a picture
        here = {"by": officer, "version": answer["version"], "board": self.board}
        return self.at_board(subject, answer, here, self.picture(subject, officer, answer))

    def _who_may(self, subject: PublicList, officer: Officer) -> None:
        try:
            self.check(subject, officer)
        except Refused as refused:
            write_refusal(self.name, refused, by=officer, subject=subject)
            raise

    def picture(self, subject: PublicList, officer: Officer, answer: dict[str, Any]) -> Picture | None:
        """The photo, decoded. Raises Invalid, recorded like a refusal of the verb."""
        upload = answer.get("photo")
        if not upload:
            return None
        try:
            return decode(upload.read(), name=upload.name)
        except Invalid as refused:
            write_refusal(self.name, refused, by=officer, subject=subject)
            raise

    def at_board(
        self, subject: PublicList, answer: dict[str, Any], here: dict[str, Any], photo: Picture | None
    ) -> Any:
        raise NotImplementedError

    def context(
        self, subject: PublicList, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        context = super().context(subject, officer, form, preview=preview)
        where = [Row(gettext("Board"), self.board.name), Row(gettext("Community"), self.board.area.name)]
        return {
            **context,
            "identity": where + context["identity"],
            "title": f"{self.title}: {self.board.name}",
        }

    def moved(self, subject: PublicList, form: ActForm) -> list[dict[str, Any]]:
        return []

    def back(self, subject: PublicList) -> str:
        return reverse("desk:list-boards", args=[subject.code])


class Post(BoardAct):
    name = "post"
    title = _("Record a posting")
    text = _("Enter it after you have seen the list hang there.")
    button = _("Save the posting")
    done = _("The posting is recorded.")
    form_class = PostForm

    def version_of(self, subject: PublicList) -> int:
        return subject.version

    def initial(self, subject: PublicList, officer: Officer) -> dict[str, Any]:
        return {"posted_on": clock.today()}

    def at_board(
        self, subject: PublicList, answer: dict[str, Any], here: dict[str, Any], photo: Picture | None
    ) -> Any:
        return post(subject, **here, posted_on=answer["posted_on"], photo=photo)

    def stands(self, subject: PublicList, officer: Officer) -> dict[str, Any]:
        held = subject.postings.filter(board=self.board).first()
        return {"posted_on": f"{shown(held.posted_on)} · {held.officer_name}"} if held else {}

    def back(self, subject: PublicList) -> str:
        return reverse("desk:list", args=[subject.code])


class Printed(BoardAct):
    name = "print-sheet"
    title = _("Record the printing")
    text = _("For this board. After days were added or rows corrected the sheet is printed anew.")
    button = _("It is printed")
    done = _("The printing is recorded.")
    form_class = ActForm

    def initial(self, subject: PublicList, officer: Officer) -> dict[str, Any]:
        return {}

    def at_board(
        self, subject: PublicList, answer: dict[str, Any], here: dict[str, Any], photo: Picture | None
    ) -> Any:
        return print_sheet(subject, **here)


class Check(BoardAct):
    name = "check-board"
    title = _("Spot check")
    text = _(
        "Made by another person than pinned it up. A missing sheet is pinned up again, its days are added."
    )
    button = _("Save the spot check")
    done = _("The spot check is recorded.")
    form_class = CheckForm
    roles = CHECKS
    field_names = {"checked_on": "day"}

    def at_board(
        self, subject: PublicList, answer: dict[str, Any], here: dict[str, Any], photo: Picture | None
    ) -> Any:
        seen = answer["seen"] == "yes"
        return spot_check(subject, **here, seen=seen, checked_on=answer["day"], photo=photo)


class PinAgain(BoardAct):
    name = "pin-again"
    title = _("Pinned up again")
    text = _(
        "From the day on which it was found missing to this day, both counted, the days within the period "
        "are added at its end. The sheet is then printed anew: its last day has changed."
    )
    button = _("Save the posting")
    done = _("It hangs again. Look whether days were added, and print the sheet with its new last day.")
    field_names = {"pinned_on": "day"}

    def at_board(
        self, subject: PublicList, answer: dict[str, Any], here: dict[str, Any], photo: Picture | None
    ) -> Any:
        return pin_again(subject, **here, pinned_on=answer["day"], photo=photo)


class TakeDown(BoardAct):
    name = "take-down"
    title = _("Take the sheet down")
    text = _(
        "The period is over. Take the sheet down whole, keep no copy; the photo shows the board without it."
    )
    button = _("It is taken down")
    done = _("The sheet is recorded as taken down.")
    while_running = False
    field_names = {"taken_on": "day"}

    def at_board(
        self, subject: PublicList, answer: dict[str, Any], here: dict[str, Any], photo: Picture | None
    ) -> Any:
        return take_down(subject, **here, taken_on=answer["day"], photo=photo)


def board_named(public_list: PublicList, code: uuid.UUID) -> Board:
    """The board of this code. Raises Http404."""
    board = Board.objects.filter(code=code).select_related("area").first()
    if board is None:
        raise Http404
    return board
