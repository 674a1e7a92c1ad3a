"""What stops every other way to change what is public: signals of Django and Wagtail.

They hold for code, commands, bulk acts and superusers alike; permissions only decide what the screens offer.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Revision, WorkflowState
from wagtail.signals import pre_page_move

from portal.publishing import act
from portal.publishing.bin import keep_in_bin
from portal.publishing.models import OPEN_PLANS, PageRecord, PageState, Plan
from relief.errors import NotAllowed

#: columns of a live page that editing a draft, locking and Wagtail's tree may write
BOOKKEEPING = frozenset(
    {
        "latest_revision",
        "latest_revision_created_at",
        "draft_title",
        "has_unpublished_changes",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
        "numchild",
        "path",
        "depth",
        "wagtail_admin_comments",
    }
)
MOVED_BY_PARENT = frozenset({"path", "depth", "url_path"})


def connect() -> None:
    """Called once, when the app is ready."""
    pre_save.connect(guard_save, dispatch_uid="publishing-save")
    pre_delete.connect(guard_delete, dispatch_uid="publishing-delete")
    pre_page_move.connect(guard_move, dispatch_uid="publishing-move")


def guard_save(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """A page is not made live, changed while live, taken offline, aliased or hidden outside the act."""
    if act.is_open():
        return
    if isinstance(instance, Page):
        _guard_page(instance, kwargs.get("update_fields"))
    elif isinstance(instance, Revision) and instance._state.adding:
        _guard_address(instance)
    elif isinstance(instance, Redirect):
        raise _addresses_have_reasons()
    elif isinstance(instance, PageViewRestriction):
        words = _("Texts here are public or drafts: one that was public is withdrawn, another stays a draft.")
        raise act.refuse("no-silent-hiding", words)


def _guard_page(page: Page, update_fields: frozenset[str] | None) -> None:
    if page.alias_of_id is not None:
        raise act.refuse("no-alias", _("A page is published once: link to it instead of making an alias."))
    if page._state.adding:
        if page.live:
            raise act.only_by_review()
        return
    if update_fields is not None and frozenset(update_fields) <= BOOKKEEPING:
        return
    kept: Any = Page.objects.filter(pk=page.pk).first()
    if kept is None:
        return
    if kept.live != page.live or kept.live_revision_id != page.live_revision_id:
        raise act.only_by_review()
    if kept.slug != page.slug and was_public(page.pk):
        raise address_stays()
    if kept.live and changed_columns(kept, page) - BOOKKEEPING - MOVED_BY_PARENT:
        raise act.only_by_review()


def _addresses_have_reasons() -> NotAllowed:
    words = _("Old and short addresses are kept under “Addresses” of the page to which they lead.")
    return act.refuse("address-by-verb", words)


def _guard_address(revision: Revision) -> None:
    """A version of what was public brings no other address."""
    if "slug" not in revision.content or not str(revision.object_id).isdigit():
        return
    kept: Any = Page.objects.filter(pk=revision.object_id).only("slug").first()
    if kept is not None and kept.slug != revision.content["slug"] and was_public(kept.pk):
        raise address_stays()


def address_stays() -> NotAllowed:
    words = _("The address of what was public stays. Who releases texts may change it under “Addresses”.")
    return act.refuse("address-stays", words)


def changed_columns(kept: Page, page: Page) -> set[str]:
    """Names of the columns that `page` would change, of its own type when it is loaded as that."""
    if type(page) is not Page:
        kept = kept.specific
    if type(kept) is not type(page):
        return {"type"}
    return {
        field.name
        for field in page._meta.concrete_fields
        if field.value_from_object(kept) != field.value_from_object(page)
    }


def guard_delete(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """What was public, and what is in review or planned, is not deleted; another draft goes to the bin."""
    if isinstance(instance, Redirect) and not act.is_open():
        raise _addresses_have_reasons()
    elif isinstance(instance, Page):
        _guard_page_delete(instance)
    elif isinstance(instance, Revision):
        _guard_revision_delete(instance)


def _guard_page_delete(page: Page) -> None:
    if act.is_open() and not was_public(page.pk):
        return  # Wagtail's welcome page, at set-up
    if page.live or was_public(page.pk):
        raise act.refuse(
            "never-deleted", _("A page that was public is never deleted. Withdraw it, with a reason.")
        )
    _check_loose([page.pk])
    if isinstance(page, page.specific_class):  # told once for the page and once for the row of its type
        keep_in_bin(page)


def _check_loose(numbers: list[int]) -> None:
    """Raises NotAllowed while a text of these pages is reviewed, or waits for its time, where they stand."""
    reviewed = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(number) for number in numbers],
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    if reviewed.exists():
        raise act.refuse("in-review", _("This text is being reviewed. Take it back from review first."))
    if Plan.objects.filter(record__page_id__in=numbers, state__in=OPEN_PLANS).exists():
        words = _("A reviewed text waits here for its time: who releases texts gives its plan up first.")
        raise act.refuse("planned", words)


def _guard_revision_delete(revision: Revision) -> None:
    if not revision.object_id.isdigit() or not issubclass(revision.content_type.model_class() or Model, Page):
        return
    if was_public(int(revision.object_id)):
        raise act.refuse("versions-stay", _("The versions of a page that was public are kept for ever."))


def guard_move(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Outside the act no public page is moved or reordered, nor a text that is in review or planned."""
    if act.is_open():
        return
    below = instance.get_descendants(inclusive=True)
    if below.filter(live=True).exists() or once_public(below).exists():
        raise address_stays()
    _check_loose(list(below.values_list("pk", flat=True)))


def once_public(pages: Any) -> Any:
    """Records of those of these pages that the public could read once, withdrawn ones too."""
    numbers = pages.values("pk")
    return PageRecord.objects.filter(page_id__in=numbers).exclude(state=PageState.DRAFT)


def was_public(page_id: int) -> bool:
    return PageRecord.objects.filter(page_id=page_id).exclude(state=PageState.DRAFT).exists()
