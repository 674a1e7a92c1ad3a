"""In the CMS: how many pages the criteria find, counted anew at each change of a field."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.forms.models import modelform_factory
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.admin.panels import Panel


class CountPanel(Panel):
    """A line that says how many pages fit; `cms/count.js` asks again while the editor works."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/count_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            locale = getattr(self.instance, "locale", None) or getattr(
                getattr(self.instance, "page", None), "locale", None
            )
            language = locale.language_code if locale else settings.LANGUAGE_CODE
            return {
                **super().get_context_data(parent_context),
                "url": reverse("listing_count", args=[language]),
                "prefix": self.form.prefix or "",
                "words": _("Not counted yet."),
            }


@require_admin_access
@require_POST
def listing_count(request: HttpRequest, language: str) -> JsonResponse:
    """`{count, words}` for the criteria as they stand in the form, saved or not."""
    from portal.pages.criteria import found_in_words
    from portal.pages.listing import CRITERIA, HomeColumn, count
    from portal.pages.models import HomePage

    form = modelform_factory(HomeColumn, fields=CRITERIA)(
        request.POST, prefix=request.POST.get("prefix") or None
    )
    home = HomePage.objects.filter(locale__language_code=language).first()
    if home is None or not form.is_valid():
        wrong = "; ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"count": None, "words": wrong or _("Nothing to count yet.")})
    found = count(form.instance.criteria, home)
    return JsonResponse(
        {"count": found, "words": found_in_words(found, form.instance.limit), "language": get_language()}
    )
