"""The one right of the registers that belongs to no table."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Register(models.Model):
    """No table: carries the right to see masked names, where without it three dots stand."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = (("see_names", _("sees masked names in the registers")),)
