"""Handover: what one officer answers for, and to whom it goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from portal.cms.contents.acts import WhyForm, carers
from portal.cms.contents.lines import lines_of
from portal.cms.publishing.frame import number_in, told
from portal.handover.models import Handover
from portal.handover.verb import HANDERS, hand_over, holders, rows_of, texts_of
from portal.publishing.authority import Reach, officer_behind, reach_of
from relief.errors import Invalid, NotAllowed, Reason, Refused, Stale
from relief.officers.models import Officer
from relief.trail.record import SOMEBODY_WAS_FIRST

PER_PAGE = 50
PAST_SHOWN = 10
ALL, CHOSEN = "all", "chosen"


class HandoverForm(WhyForm):
    taker = forms.ModelChoiceField(label=gettext_lazy("To whom"), queryset=Officer.objects.none())
    which = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[(ALL, gettext_lazy("all of it")), (CHOSEN, gettext_lazy("the chosen rows of this screen"))],
        widget=forms.RadioSelect,
        initial=ALL,
    )
    field_order = ("which", "taker", "why")

    def __init__(self, *args: Any, leaver: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["taker"]
        field.queryset = carers().exclude(pk=leaver.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest) -> HttpResponse:
    """For publishers and section editors. A refused handover keeps what was typed."""
    officer = officer_behind(request.user)
    reach = reach_of(officer)
    if not _hands_over(reach):
        raise NotAllowed(Reason("not-your-role", _("Publishers and section editors hand over.")))
    people = list(holders())
    asked = request.GET.get("who", "")
    leaver = next((one for one in people if str(one.pk) == asked), None)
    context: dict[str, Any] = {"people": people, "leaver": leaver, "past": _past()}
    if leaver is None:
        return render(request, "cms/contents/handover.html", context)
    mine = texts_of(leaver).filter(reach.within(HANDERS)).order_by("path")
    rows = list(rows_of(leaver))
    form = HandoverForm(request.POST if request.method == "POST" else None, leaver=leaver)
    if request.method == "POST" and form.is_valid() and _done(request, form, officer, leaver, mine, rows):
        return HttpResponseRedirect(f"{request.path}?who={leaver.pk}")
    shown = Paginator(mine.select_related("locale", "content_type"), PER_PAGE).get_page(request.GET.get("p"))
    context |= {
        "form": form,
        "rows": rows,
        "shown": shown,
        "lines": lines_of(list(shown), reach),
        "outside": texts_of(leaver).exclude(reach.within(HANDERS)).count(),
        "seen": shown.paginator.count + len(rows),
    }
    return render(request, "cms/contents/handover.html", context)


def held_still(leaver: Officer, by: Officer) -> int:
    """How many texts and rows of the catalogue `by` finds on this screen to hand over from `leaver`."""
    reach = reach_of(by)
    if not _hands_over(reach) or not holders().filter(pk=leaver.pk).exists():
        return 0
    return int(texts_of(leaver).filter(reach.within(HANDERS)).count() + rows_of(leaver).count())


def _hands_over(reach: Reach) -> bool:
    return any(held & set(HANDERS) for held in reach.roles.values())


def _done(
    request: HttpRequest, form: forms.Form, officer: Officer, leaver: Officer, mine: Any, rows: list[Any]
) -> bool:
    """Do it; what is refused is told beside its field."""
    data = form.cleaned_data
    texts = list(mine.values_list("pk", flat=True))
    keys = [row.key for row in rows]
    try:
        if data["which"] == CHOSEN:
            texts = [int(one) for one in request.POST.getlist("page") if one.isdigit() and len(one) < 19]
            keys = [key for key in request.POST.getlist("row") if key in keys]
        elif number_in(request, "seen") != len(texts) + len(keys):
            raise Stale(SOMEBODY_WAS_FIRST)
        made = hand_over(leaver, by=officer, taker=data["taker"], why=data["why"], texts=texts, rows=keys)
    except Invalid as invalid:
        for name, reasons in invalid.fields.items():
            form.add_error(name if name in form.fields else None, [str(one) for one in reasons])
        return False
    except Refused as refused:
        told(request, refused)
        return False
    number = len(made.texts) + len(made.rows)
    words = ngettext("%(number)d handed over to %(name)s.", "%(number)d handed over to %(name)s.", number)
    messages.success(request, words % {"number": number, "name": data["taker"].name})
    return True


def _past() -> list[Handover]:
    """The newest handovers."""
    return list(Handover.objects.select_related("leaver", "taker").order_by("-pk")[:PAST_SHOWN])
