"""The board of translations: every public Chinese text with the state of its English one."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.models import Page, get_page_models

from portal.cms.publishing.frame import officer_on, page_or_404, text_in, told
from portal.pages.above import HOME_DEPTH
from portal.pages.base import PortalPage
from portal.publicity.filters import FilterForm
from portal.publishing.authority import held_on, officer_behind, reach_of
from portal.publishing.queries import current
from portal.publishing.steps import WRITERS
from portal.publishing.translated import TranslationState, standing_of, standings
from portal.publishing.translations import DECIDERS, begin, decide_needed
from relief.errors import Refused
from relief.officers.models import Officer

PER_PAGE = 20
#: what waits for somebody is red, what is under way amber
COLOURS = {
    TranslationState.MISSING: "red",
    TranslationState.STALE: "red",
    TranslationState.BEGUN: "amber",
    TranslationState.IN_REVIEW: "amber",
    TranslationState.CURRENT: "green",
    TranslationState.NOT_NEEDED: "green",
}


class BoardFilter(FilterForm):
    """Section (a page below the home page), type of page, state of the translation."""

    section = forms.ChoiceField(label=gettext_lazy("Section"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The officer's sections. Filters and page stand in the address; queries don't grow with the texts."""
    officer = officer_behind(request.user)
    sources = current(
        Page.objects.filter(depth__gte=HOME_DEPTH, locale__language_code=settings.LANGUAGE_CODE)
    )
    sources = sources.filter(reach_of(officer).within()).order_by("path")
    sections = {page.path: page for page in sources.filter(depth=HOME_DEPTH + 1)}
    models = {model._meta.model_name: model for model in get_page_models() if issubclass(model, PortalPage)}
    form = BoardFilter(
        request,
        section=[(page.slug, page.title) for page in sections.values()],
        type=[(name, capfirst(str(model._meta.verbose_name))) for name, model in models.items()],
        state=TranslationState.choices,
    )
    found = standings(_chosen(sources, form, sections, models))
    counts = Counter(str(one.state) for one in found)
    state = form.value("state")
    fitting = [one for one in found if not state or one.state == state]
    shown = Paginator(fitting, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "form": form,
        "shown": shown,
        "lines": [(one, _section_of(one.source, sections), COLOURS[one.state]) for one in shown],
        "counts": [(key, words, counts[key], _address(form, key)) for key, words in TranslationState.choices],
    }
    return render(request, "cms/translations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def translation(request: HttpRequest, page_id: int) -> HttpResponse:
    """The English text of one Chinese page: begin it, or decide that none is needed."""
    page = page_or_404(page_id)
    officer = officer_on(request, page)
    if request.method == "POST":
        answer = _done(request, page, officer)
        if answer is not None:
            return answer
    context = {
        "page": page,
        "standing": standing_of(page),
        "reason": request.POST.get("reason", ""),
        "writes": bool(held_on(officer, page, WRITERS)),
        "decides": bool(held_on(officer, page, DECIDERS)),
        "chinese": page.language == settings.LANGUAGE_CODE,
    }
    return render(request, "cms/translation.html", context)


def _done(request: HttpRequest, page: Page, officer: Officer) -> HttpResponse | None:
    """Do what the form asks for; None, with the reasons shown, when it was refused."""
    asked = request.POST.get("decision", "")
    try:
        if asked == "begin":
            twin = begin(page, by=officer)
            messages.success(request, _("The draft is made: it holds the Chinese text. Write over it."))
            return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[twin.pk]))
        if asked in ("needed", "not_needed"):
            reason = text_in(request, "reason")
            decide_needed(page, by=officer, needed=asked == "needed", reason=reason)
            messages.success(request, _("The decision is kept, with your name."))
            return HttpResponseRedirect(request.path)
    except Refused as refused:
        told(request, refused)
    else:
        messages.error(request, _("Choose what to do."))
    return None


def _chosen(sources: Any, form: BoardFilter, sections: dict[str, Page], models: dict[Any, Any]) -> Any:
    paths = [path for path, page in sections.items() if page.slug == form.value("section")]
    if paths:
        sources = sources.filter(path__startswith=paths[0])
    return sources.type(models[form.value("type")]) if form.value("type") else sources


def _section_of(page: Page, sections: dict[str, Page]) -> Page | None:
    return sections.get(page.path[: (HOME_DEPTH + 1) * Page.steplen])


def _address(form: BoardFilter, state: str) -> str:
    return "?" + urlencode({**form.chosen, "state": state})
