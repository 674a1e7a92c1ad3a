"""The bin (回收站): deleted drafts are kept for 30 days and can be put back under any fitting parent."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from portal.publishing.addresses import free_slug
from portal.publishing.models import BinnedDraft
from relief.errors import Blocked, Reason
from relief.trail import clock

KEPT_FOR = timedelta(days=30)


def keep_in_bin(page: Page) -> BinnedDraft | None:
    """Keep the newest text of a draft that is about to be deleted; nothing for a page without type."""
    specific = page.specific
    if type(specific) is Page:
        return None
    newest = specific.get_latest_revision_as_object()
    parent = page.get_parent()
    user = get_active_log_context().user
    return BinnedDraft.objects.create(
        page_type=specific._meta.label,
        title=newest.title,
        parent_id=parent.pk if parent else 0,
        content=json.loads(newest.to_json()),
        deleted_by=str(user.get_full_name()) if user else "",
        deleted_at=clock.now(),
        until=clock.today() + KEPT_FOR,
    )


@transaction.atomic
def restore(binned: BinnedDraft, *, parent: Page, user: Any) -> Page:
    """Put a draft back below `parent` as a new draft. Raises Blocked where its type may not stand there."""
    model: type[Page] = apps.get_model(binned.page_type)
    if not model.can_create_at(parent):
        raise Blocked(Reason("wrong-parent", _("Pages of this type can't stand below the chosen page.")))
    page = model.from_serializable_data({**binned.content, "pk": None})
    _fresh(page, parent, user)
    parent.add_child(instance=page)
    page.save_revision(user=user, clean=False, log_action="wagtail.create")
    binned.delete()
    return page


def _fresh(page: Any, parent: Page, user: Any) -> None:
    """What belongs to the old row: place, versions, state. The translation key stays while it is free."""
    page.pk = page.id = page.page_ptr_id = None
    page.path = page.depth = None
    page.numchild = 0
    page.live = False
    page.has_unpublished_changes = True
    page.latest_revision = page.live_revision = None
    page.owner = user
    page.locale = parent.locale
    page.slug = free_slug(page.slug, parent)
    page._state.adding = True


def due_for_forgetting() -> Any:
    """Drafts whose 30 days are over."""
    return BinnedDraft.objects.filter(until__lt=clock.today())


def forget(binned: BinnedDraft) -> bool | None:
    """Delete a draft from the bin for good; None when somebody was first."""
    return bool(due_for_forgetting().filter(pk=binned.pk).delete()[0]) or None
