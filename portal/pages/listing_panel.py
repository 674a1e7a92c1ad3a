"""In the CMS: a line beside the criteria that says how many pages they find."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
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
