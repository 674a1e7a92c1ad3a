"""A translation beside its Chinese text: as a screen, with “confirm”, and as a panel of the edit view."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Revision

from portal.cms.publishing.frame import number_in, officer_on, page_or_404, told
from portal.publishing.authority import held_on
from portal.publishing.beside import side_by_side
from portal.publishing.models import PublicChange
from portal.publishing.queries import public_history
from portal.publishing.steps import WRITERS
from portal.publishing.submit import record_of
from portal.publishing.translated import source_of, standing_of
from portal.publishing.translations import confirm
from relief.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def beside(request: HttpRequest, page_id: int) -> HttpResponse:
    """The Chinese text left, the newest draft of its translation right; POST confirms that they agree."""
    twin = page_or_404(page_id)
    officer = officer_on(request, twin)
    if request.method == "POST":
        try:
            confirm(
                twin,
                by=officer,
                revision_id=number_in(request, "revision"),
                change_id=number_in(request, "change"),
            )
        except Refused as refused:
            told(request, refused)
        else:
            messages.success(request, _("Confirmed: the translation says what the Chinese text says."))
        return HttpResponseRedirect(request.path)
    context = comparison(twin)
    if context is None:
        raise Http404
    writes = bool(held_on(officer, twin, WRITERS))
    return render(request, "cms/beside.html", {**context, "writes": writes})


def comparison(twin: Any) -> dict[str, Any] | None:
    """Both texts in pairs and what changed in the source since; None for a page that translates nothing."""
    source = source_of(twin)
    if source is None:
        return None
    standing, kept = standing_of(source), record_of(source)
    follows = standing.draft_follows
    changes = public_history(kept) if kept else PublicChange.objects.none()
    since = changes.filter(pk__gt=follows) if follows else changes
    base = changes.filter(pk=follows).select_related("revision").first() if follows else None
    facts = (*getattr(source, "SOURCE_FIELDS", ()), *getattr(source, "SOURCE_RELATIONS", ()))
    shown = Revision.objects.filter(pk=source.live_revision_id).first() or source.get_latest_revision()
    return {
        "page": twin,
        "source": source,
        "standing": standing,
        "since": list(since[:20]),
        "newest": changes.first(),
        "pairs": side_by_side(
            base.revision.as_object() if base else None,
            shown.as_object(),
            twin.get_latest_revision_as_object(),
            without=facts,
        ),
    }


class SourcePanel(BaseSidePanel):
    """The Chinese text in the edit view of its translation."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Chinese text")
        icon_name = "globe"
        has_counter = False

    name = "source"
    title = gettext_lazy("Chinese text")
    template_name = "cms/side_source.html"
    order = 150

    def __init__(self, page: Any, request: HttpRequest, context: dict[str, Any]) -> None:
        super().__init__(page, request)
        self.comparison = context

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), **self.comparison}


class EditPage(EditView):
    """Wagtail's own; a translation has its source in a panel beside the form."""

    def get_side_panels(self) -> Any:
        panels = super().get_side_panels()
        context = None if self.expects_json_response else comparison(self.page)
        if context is not None:
            panels.append(SourcePanel(self.page, self.request, context))
        return panels
