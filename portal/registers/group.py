"""The registers in the CMS's menu."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdminGroup

from portal.registers.cases import ApplicationRegister, AwardRegister, PublicListRegister
from portal.registers.households import HouseholdRegister, PersonRegister
from portal.registers.officers import OfficerRegister


class Registers(ModelAdminGroup):
    """台账."""

    menu_label = _("Registers")
    menu_icon = "table"
    menu_order = 150
    items: ClassVar = (
        HouseholdRegister,
        PersonRegister,
        ApplicationRegister,
        PublicListRegister,
        AwardRegister,
        OfficerRegister,
    )
