"""The editor's page form: a page whose title is Chinese still gets an address in ASCII."""

from __future__ import annotations

import uuid
from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from relief.trail import clock


def new_slug() -> str:
    """`20261125-4f2a`: the day and four random hexadecimal digits."""
    return f"{clock.today():%Y%m%d}-{uuid.uuid4().hex[:4]}"


class PortalPageForm(WagtailAdminPageForm):
    """An empty address is filled in; a fixed page keeps its address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slug = self.fields.get("slug")
        if slug is not None:
            slug.required = False
            slug.disabled = bool(self.instance.pk and self.instance.is_fixed)

    def clean_slug(self) -> str:
        return self.cleaned_data.get("slug") or self.instance.slug or new_slug()
