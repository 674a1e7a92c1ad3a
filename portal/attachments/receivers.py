"""What Wagtail's own signals mean for files.

Until publishing is an act of its own (`portal.publishing`), pages that Wagtail publishes or takes down carry
their files along here; `code_of` is then the code of their record.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished

from portal.attachments.models import PortalDocument
from portal.attachments.offered import offered_by
from portal.attachments.public import make_public, withhold
from portal.attachments.versions import drop_bytes, refuse_if_public
from relief.trail import clock

PAGES = uuid.UUID("5d3f1f9e-6a0b-4b7c-9d0e-2f6f5c1b7a10")


def code_of(page: Page) -> uuid.UUID:
    """Code of a page that has no record yet, always the same."""
    return uuid.uuid5(PAGES, f"page:{page.pk}")


def carry_along(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A page went live: so do its files, unless the page is for few."""
    if not instance.get_view_restrictions().exists():
        make_public(code_of(instance), offered_by(instance), event_id=None, at=clock.now())


def take_along(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A page went offline or is deleted: its files answer 410."""
    if isinstance(instance, Page):
        withhold(code_of(instance), event_id=None, at=clock.now())


def hide(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    """A branch is for few from now on: so are its files."""
    for page in instance.page.get_descendants(inclusive=True).live():
        withhold(code_of(page), event_id=None, at=clock.now())


def open_again(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    """A branch is for everybody again."""
    for page in instance.page.get_descendants(inclusive=True).live().specific():
        carry_along(sender, page)


def connect() -> None:
    """Called once, when the app is ready."""
    pre_delete.connect(refuse_if_public, sender=PortalDocument, dispatch_uid="file-was-public")
    post_delete.connect(drop_bytes, sender=PortalDocument, dispatch_uid="bytes-of-versions")
    page_published.connect(carry_along, dispatch_uid="files-with-page")
    page_unpublished.connect(take_along, dispatch_uid="files-off-page")
    pre_delete.connect(take_along, dispatch_uid="files-of-deleted-page")
    post_save.connect(hide, sender=PageViewRestriction, dispatch_uid="files-of-private-branch")
    post_delete.connect(open_again, sender=PageViewRestriction, dispatch_uid="files-of-opened-branch")
