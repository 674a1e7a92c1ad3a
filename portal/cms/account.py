"""What a user of the CMS may set: language and look. Names and passwords belong to the officers' screens."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    LocaleSettingsPanel,
    ThemeSettingsPanel,
)

OFFERED = (LocaleSettingsPanel, ThemeSettingsPanel)


class Preferences(AccountView):
    """Wagtail's account page without name, picture and password."""

    page_title = _("Preferences")

    def get_panels(self) -> list[BaseSettingsPanel]:
        return [panel for panel in super().get_panels() if isinstance(panel, OFFERED)]
