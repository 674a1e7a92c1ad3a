"""Announce changes and endings, publish a standing list (变更和终止公告, 长期公示): look, then one press."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from portal.desk.frame import at_desk, page, status_of
from portal.desk.public_view import preview_rows, streets_of
from portal.forms import Form
from relief.applications.benefits import benefits
from relief.awards.announce_changes import announce_changes, inspect_changes, lines_of, waiting_adjustments
from relief.awards.rows import Line, places_of, rows_of
from relief.awards.standing_list import (
    inspect_standing_list,
    lines_of_month,
    publish_standing_list,
    standing_lists,
)
from relief.errors import NotAllowed, Reason, Refused
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import Area
from relief.publicity.compile import new_list
from relief.publicity.gate_models import GateVerdict
from relief.publicity.models import ListKind, PublicList
from relief.trail import clock
from relief.trail.verb import write_refusal


@dataclass(frozen=True)
class Kind:
    """One kind of list made from awards: its words, the lines it would show, and its verb."""

    kind: ListKind
    title: Any
    text: Any
    button: Any
    none: Any
    done: Any
    lines: Callable[[Area, str], Sequence[Line]]
    inspect: Callable[..., GateVerdict]
    publish: Callable[..., PublicList]


def _month(area: Area, benefit: str) -> Sequence[Line]:
    return lines_of_month(area, benefit, clock.today().replace(day=1))


KINDS = {
    "changes": Kind(
        ListKind.CHANGES,
        _("Announce changes and endings"),
        _("With this the list stands on the web, and each change holds from its month on."),
        _("Announce"),
        _("No change and no ending of this street waits."),
        _("The changes and endings are announced."),
        lambda area, benefit: lines_of(list(waiting_adjustments(area, benefit))),
        inspect_changes,
        announce_changes,
    ),
    "standing": Kind(
        ListKind.STANDING,
        _("Publish a standing list"),
        _("It takes the place of last month's, whose names end today. Later months are made by themselves."),
        _("Publish"),
        _("Nobody in this street is guaranteed this month."),
        _("The standing list is published."),
        _month,
        inspect_standing_list,
        publish_standing_list,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def announce_awards(request: HttpRequest, officer: Officer, kind: str) -> HttpResponse:
    """Choose a street, look at what the public will see, publish it."""
    wanted, benefit = KINDS[kind], benefits()[0].key
    streets = streets_of(officer, Role.DISTRICT_ANNOUNCER)
    if not streets:
        acting(officer, {Role.DISTRICT_ANNOUNCER}, "")
    number = request.POST.get("street") or request.GET.get("street")
    street = next((one for one in streets if one.number == number), None)
    if request.method == "POST" and street is None:
        unknown = NotAllowed(Reason("not-found", _("There is no such record in your area.")))
        write_refusal("announce-list", unknown, by=officer)
        raise Http404
    form, status = Form(request.POST or None), 200
    if request.method == "POST" and street:
        try:
            wanted.inspect(street, by=officer, benefit=benefit)
            made = wanted.publish(street, by=officer, benefit=benefit)
        except NotAllowed:
            raise
        except Refused as refused:
            form.is_valid()
            form.refuse(refused)
            status = status_of(refused)
        else:
            messages.success(request, str(wanted.done))
            return HttpResponseRedirect(reverse("desk:list", args=[made.code]))
    context = {"kind": wanted, "streets": streets, "street": street, "form": form if form.errors else None}
    context |= _preview(wanted, street, benefit, officer) if street else {}
    return page(request, officer, "desk/announce_awards.html", context, section="lists", status=status)


def _preview(kind: Kind, street: Area, benefit: str, officer: Officer) -> dict[str, Any]:
    """The rows as the public will see them; the newest standing list, where there is one."""
    lines = list(kind.lines(street, benefit))
    earlier = standing_lists(street, benefit)[:1] if kind.kind == ListKind.STANDING else []
    if not lines:
        return {"lines": [], "earlier": earlier}
    draft = new_list(kind.kind, street, benefit, "—", 1)
    rows = rows_of(draft, lines, places_of([line.award for line in lines]), by=officer)
    return {"lines": lines, "earlier": earlier, **preview_rows(draft, rows)}
