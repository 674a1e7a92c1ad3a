"""In the CMS: how many pages the criteria of a form find, saved or not."""

from __future__ import annotations

from django.forms.models import modelform_factory
from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from portal.pages.criteria import found_in_words
from portal.pages.listing import CRITERIA, HomeColumn, count
from portal.pages.models import HomePage


@require_admin_access
@require_POST
def listing_count(request: HttpRequest, language: str) -> JsonResponse:
    """`{count, words}` for the criteria as they stand in the form, saved or not."""
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
