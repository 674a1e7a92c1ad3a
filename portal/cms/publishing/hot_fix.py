"""Open a hot fix: a draft from the live text while a planned text waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from portal.cms.publishing.frame import officer_on, page_or_404, told
from portal.publishing.drafts import start_hot_fix
from relief.errors import Refused


@require_POST
def hot_fix(request: HttpRequest, page_id: int) -> HttpResponse:
    """The draft is then edited and reviewed like any other."""
    page = page_or_404(page_id)
    officer = officer_on(request, page)
    try:
        start_hot_fix(page, by=officer)
    except Refused as refused:
        told(request, refused)
    else:
        messages.success(request, _("This draft is the live text. The planned text waits in its plan."))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
