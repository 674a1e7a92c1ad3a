"""Words of one meaning for the search: list, a new group, one group with trial and history."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from portal.actors import actor_in_words
from portal.cms.publishing.rule_words import history_in_words
from portal.cms.searching.synonym_forms import EndForm, GroupForm, WordsFilter
from portal.publishing.authority import officer_behind
from relief.errors import NotAllowed, Reason, Refused, Stale
from relief.officers.models import Officer
from search.models import SynonymGroup
from search.synonym_verbs import change_synonyms, end_synonyms, make_synonyms, may_enter, sound_words
from search.thesaurus import folded_word
from search.trial import Trial, trial

PER_PAGE = 30
#: characters that an address may bring into the form
WORDS_SHOWN = 600
BETWEEN = "、"


@require_safe
def synonyms(request: HttpRequest) -> HttpResponse:
    """The groups that hold, or with `ended=1` those that ended, the newest first; filtered by a word."""
    officer = officer_behind(request.user)
    ended = request.GET.get("ended") == "1"
    form = WordsFilter(request.GET)
    asked = folded_word(form.cleaned_data["q"]) if form.is_valid() else ""
    rows = SynonymGroup.objects.filter(ended_at__isnull=not ended).order_by("-pk")
    found = [row for row in rows if any(asked in folded_word(word) for word in row.listed)]
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {"shown": shown, "lines": _lines(list(shown)), "ended": ended, "form": form}
    context |= {"filtered": bool(asked), "may": may_enter(officer)}
    return render(request, "cms/synonyms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new group; `words` in the address stand in the form already."""
    officer = officer_behind(request.user)
    if not may_enter(officer):
        words = _("Synonyms are entered by editors, reviewers and publishers of the whole site.")
        raise NotAllowed(Reason("not-your-role", words))
    sent = request.method == "POST"
    form = GroupForm(request.POST if sent else None, words=request.GET.get("words", "")[:WORDS_SHOWN])
    tried = None
    if sent and form.is_valid():
        try:
            if request.POST.get("act") == "try":
                tried = trial(sound_words(form.listed()))
            else:
                group = make_synonyms(form.listed(), by=officer, why=form.cleaned_data["why"])
                messages.success(request, _("The synonyms hold from the next search on."))
                return HttpResponseRedirect(reverse("publishing:synonym-group", args=[group.pk]))
        except Refused as refused:
            form.add_refusal(refused)
    context = {"form": form, "tried": tried, "typed": True, "may": True}
    return render(request, "cms/synonym_group.html", context, status=form.status if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def one_group(request: HttpRequest, group_id: int) -> HttpResponse:
    """One group: its words, changing, ending, what is found by it, its history."""
    officer = officer_behind(request.user)
    group = get_object_or_404(SynonymGroup, pk=group_id)
    sent, act = request.method == "POST", request.POST.get("act", "")
    typed = GroupForm(request.POST if sent and act != "end" else None, group=group)
    ending = EndForm(request.POST if sent and act == "end" else None, group=group)
    form = ending if act == "end" else typed
    tried = None
    if sent and form.is_valid():
        try:
            tried = _do(request, group, form, officer, act)
        except Refused as refused:
            form.add_refusal(refused)
            if isinstance(refused, Stale):
                group = SynonymGroup.objects.get(pk=group.pk)
        else:
            if tried is None:
                return HttpResponseRedirect(request.path)
    context = _context(request, group, officer) | {"form": typed, "ending": ending}
    context |= {"typed": tried is not None, "tried": tried or _trial_of(group)}
    return render(request, "cms/synonym_group.html", context, status=form.status if form.errors else 200)


def _do(request: HttpRequest, group: SynonymGroup, form: Any, officer: Officer, act: str) -> Trial | None:
    """The act that the pressed button names; only a trial gives something back. Raises Refused."""
    data = form.cleaned_data
    version = data["version"] or 0
    if act == "end":
        end_synonyms(group, by=officer, version=version, why=data["why"])
        messages.success(request, _("The synonyms hold no longer, from the next search on."))
    elif act == "try":
        return trial(sound_words(form.listed(), besides=group.pk), besides=group.pk)
    else:
        change_synonyms(group, by=officer, version=version, words=form.listed(), why=data["why"])
        messages.success(request, _("The synonyms are changed and hold from the next search on."))
    return None


def _trial_of(group: SynonymGroup) -> Trial | None:
    """What is found by a group that holds."""
    return trial(group.listed, besides=group.pk) if group.ended_at is None else None


def _context(request: HttpRequest, group: SynonymGroup, officer: Officer) -> dict[str, Any]:
    shown, steps = history_in_words(group, request.GET.get("p"))
    for step in steps:
        for change in step["changes"]:
            change["before"] = change["before"].replace("\n", BETWEEN)
            change["after"] = change["after"].replace("\n", BETWEEN)
    return {"group": group, "may": may_enter(officer), "shown": shown, "steps": steps}


def _lines(groups: list[SynonymGroup]) -> list[dict[str, Any]]:
    """Each group with the day since which it is known, and who changed it last and when; one query."""
    rows = SynonymGroup.history.filter(id__in=[group.pk for group in groups]).order_by("history_id")
    lines: dict[int, dict[str, Any]] = {group.pk: {"group": group} for group in groups}
    for known, at, name, role in rows.values_list("id", "history_date", "actor_name", "actor_role"):
        lines[known].setdefault("since", at)
        lines[known] |= {"changed": at, "who": actor_in_words(name, role)}
    return list(lines.values())
