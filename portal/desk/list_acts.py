"""Acts on one list: publish by a second person, record a posting, close; and the announcement of a street."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from portal.desk.act import ActForm, ListAct, refuse_form
from portal.desk.frame import at_desk, page, status_of
from portal.desk.public_view import preview_of, streets_of
from portal.desk.shown import shown
from portal.forms import DateField, Form
from relief.applications.benefits import benefits
from relief.applications.models import Application
from relief.awards.announce import announce, waiting_for_announcement
from relief.errors import Blocked, NotAllowed, Refused
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import Board
from relief.publicity.close import close, why_not_closed
from relief.publicity.models import ListKind, ListState, PublicList
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
        title = _now("Record a posting: %(board)s") % {"board": self.board.name}
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


# --- announcement ---------------------------------------------------------------------------


class AnnounceForm(Form):
    """Which cases, as they were read: `number:version` for each."""

    street = forms.CharField(widget=forms.HiddenInput, max_length=5)
    cases = forms.MultipleChoiceField(label=_("Cases"), widget=forms.MultipleHiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def announce_new(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Choose a street, look at what the public will see, announce all its approved cases."""
    streets = streets_of(officer, Role.DISTRICT_ANNOUNCER)
    if not streets:
        acting(officer, {Role.DISTRICT_ANNOUNCER}, "")
    benefit = benefits()[0].key
    waiting = {street.number: waiting_for_announcement(street, benefit) for street in streets}
    wanted = request.POST.get("street") or request.GET.get("street")
    street = next((one for one in streets if one.number == wanted), None)
    if request.method == "POST" and street is None:
        acting(officer, {Role.DISTRICT_ANNOUNCER}, "-")
        raise Http404
    cases = waiting[street.number] if street else []
    context: dict[str, Any] = {
        "streets": [{"street": one, "count": len(waiting[one.number])} for one in streets],
        "street": street,
        "cases": cases,
        "form": None,
    }
    if street and cases:
        context |= preview_of(
            None, officer, cases=cases, area=street, benefit=benefit, kind=ListKind.ANNOUNCEMENT
        )
        context["tokens"] = [_token(case) for case in cases]
    status = 200
    if request.method == "POST" and street:
        form = AnnounceForm(request.POST)
        form.fields["cases"].choices = [(token, token) for token in context.get("tokens", [])]  # type: ignore[attr-defined]
        try:
            if form.is_valid():
                chosen = [case for case in cases if _token(case) in form.cleaned_data["cases"]]
                made = announce(street, by=officer, benefit=benefit, only=[case.pk for case in chosen])
                messages.success(request, _now("The announcement is published and the awards are open."))
                return HttpResponseRedirect(reverse("desk:list", args=[made.code]))
            refuse_form("announce", form, by=officer, subject=street)
            status, context["changed"] = 409, True
        except NotAllowed:
            raise
        except Refused as refused:
            form.refuse(refused)
            context["form"], status = form, status_of(refused)
    return page(request, officer, "desk/announce.html", context, section="lists", status=status)


def _token(case: Application) -> str:
    return f"{case.number}:{case.version}"
