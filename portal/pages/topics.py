"""What a text is about (主题分类): one table for policies, interpretations and notices."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """The subjects of social relief, as readers of the site look for them."""

    GUARANTEE = "guarantee", _("minimum living guarantee")
    DESTITUTE = "destitute", _("support for persons in extreme hardship")
    TEMPORARY = "temporary", _("temporary relief")
    EDUCATION = "education", _("education relief")
    MEDICAL = "medical", _("medical relief")
    EMPLOYMENT = "employment", _("employment relief")
    GOODS = "goods", _("donated goods")
    PAIRING = "pairing", _("pairing and voluntary help")
    DISCLOSURE = "disclosure", _("publicity and disclosure")
    GENERAL = "general", _("social relief in general")
