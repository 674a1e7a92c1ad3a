"""Tables of publishing: a page's public state, submissions, approvals, changes, plans, links, the bin."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, Revision

from relief.ledger.insert_only import InsertOnly
from relief.officers.models import Officer
from relief.trail.tracked import Root, Tracked


class PageState(models.TextChoices):
    """What the public finds at a page's address. Once public, a page is withdrawn, never deleted."""

    DRAFT = "draft", _("never public")
    PUBLIC = "public", _("public")
    SUPERSEDED = "superseded", _("superseded")
    REMOVED = "removed", pgettext_lazy("page", "removed")


class ChangeKind(models.TextChoices):
    """Kinds of public change. Only a minor change needs no note for the public."""

    FIRST = "first", _("first published")
    MINOR = "minor", _("minor change")
    SUBSTANTIVE = "substantive", _("substantive change")
    SUPERSEDED = "superseded", _("superseded")
    REMOVED = "removed", pgettext_lazy("page", "removed")
    MOVED = "moved", _("moved")


class PageRecord(Root):
    """A page's public state (网页发布状态). It outlives the page's drafts; the page is named by its number.

    `digest` is the SHA-256 over what is public: texts and the digests of the files. `owner` (责任人) answers
    for the text, which is looked at again by `next_check_on`; `care_note` says why either was set last.
    """

    page_id = models.BigIntegerField(unique=True)
    state = models.CharField(max_length=12, choices=PageState, default=PageState.DRAFT)
    live_revision_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    first_published_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    reason_zh = models.CharField(max_length=300, blank=True)
    reason_en = models.CharField(max_length=300, blank=True)
    replaced_by = models.BigIntegerField(null=True)
    next_check_on = models.DateField(null=True)
    owner = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=80, blank=True)
    care_note = models.CharField(max_length=200, blank=True)

    class Meta(Root.Meta):
        verbose_name = _("public state of a page")
        verbose_name_plural = _("public states of pages")

    @property
    def page(self) -> Page:
        """The page, as its own type."""
        return Page.objects.get(pk=self.page_id).specific

    @property
    def was_public(self) -> bool:
        return self.state != PageState.DRAFT


class Submission(InsertOnly):
    """A text handed in for review (送审): exactly this revision, made from that live text.

    `digest` is the SHA-256 of the revision's content; an approval holds for it alone.
    """

    record = models.ForeignKey(PageRecord, on_delete=models.PROTECT, related_name="submissions")
    revision_id = models.BigIntegerField(db_index=True)
    base_revision_id = models.BigIntegerField(null=True)
    officer_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64)
    event_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = "submission"


class Approval(InsertOnly):
    """One step of a review passed by one officer (审核意见)."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="approvals")
    step = models.CharField(max_length=12)
    officer_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    event_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = "approval"
        constraints = [models.UniqueConstraint(fields=["submission", "step"], name="approval_once")]


class PublicChange(InsertOnly):
    """One change of what is public on a page (更新记录), with its note for the public.

    The revision can't be deleted while this row names it.
    """

    record = models.ForeignKey(PageRecord, on_delete=models.PROTECT, related_name="changes")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ChangeKind)
    note_zh = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64)
    files = models.JSONField(default=list)
    event_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = "public change"


class PlanState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    FAILED = "failed", _("failed, will be tried again")
    OVERTAKEN = "overtaken", _("overtaken by another change")
    DONE = "done", _("published")
    CANCELLED = "cancelled", _("cancelled")


OPEN_PLANS = (PlanState.WAITING, PlanState.FAILED, PlanState.OVERTAKEN)


class Plan(Tracked):
    """A reviewed text that goes live at a set time (定时发布): one open plan a page.

    A plan whose base is no longer live does not fire (`overtaken`); one that failed is tried again.
    """

    record = models.ForeignKey(PageRecord, on_delete=models.PROTECT, related_name="plans")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.WAITING)
    problem = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta(Tracked.Meta):
        ordering = ("due_at", "pk")
        verbose_name = _("plan to publish")
        verbose_name_plural = _("plans to publish")
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(state__in=OPEN_PLANS), name="one_open_plan"
            )
        ]


class PreviewLink(Tracked):
    """A link that shows one version of a draft to somebody outside (预览链接), until a day or its revocation.

    Its address is `code` with our signature (portal.publishing.share); the row alone opens nothing.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    record = models.ForeignKey(PageRecord, on_delete=models.PROTECT, related_name="preview_links")
    revision_id = models.BigIntegerField()
    for_whom = models.CharField(_("for whom"), max_length=80)
    by_name = models.CharField(max_length=80)
    event_id = models.BigIntegerField()
    at = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta(Tracked.Meta):
        ordering = ("-pk",)
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")


class PreviewOpening(InsertOnly):
    """Somebody opened what a preview link shows: when, and which file; nothing about who it was."""

    link = models.ForeignKey(PreviewLink, on_delete=models.PROTECT, related_name="openings")
    #: key of a FileVersion; empty for the text itself
    file_version_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = "opening of a preview link"


class AddressKind(models.TextChoices):
    """How an address came to lead to a page, or ceased to."""

    MOVED = "moved", _("address before a move")
    ADDED = "added", _("short or added address")
    ENDED = "ended", _("taken away")


class AddressChange(InsertOnly):
    """One address that began or ceased to lead to a page besides its own (旧网址、短网址): when and why.

    What leads where today is Wagtail's table of redirects, which is written together with this one only.
    """

    record = models.ForeignKey(PageRecord, on_delete=models.PROTECT, related_name="addresses")
    path = models.CharField(max_length=255, db_index=True)
    kind = models.CharField(max_length=8, choices=AddressKind)
    reason = models.CharField(max_length=300)
    event_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = "change of an address"


class MissingAddress(models.Model):
    """An address that was asked for and not found (未找到的网址): how often and when, never by whom.

    `visitors` counts each visitor once a day; `referrer` is the host that led there last, nothing more of it.
    """

    path = models.CharField(max_length=200, unique=True)
    visitors = models.PositiveIntegerField(default=1)
    first_on = models.DateField(db_index=True)
    last_on = models.DateField(db_index=True)
    referrer = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("-visitors", "-last_on", "pk")
        verbose_name = _("address not found")
        verbose_name_plural = _("addresses not found")


class BinnedDraft(models.Model):
    """A deleted draft (回收站), kept for 30 days. It was never public, so it may be forgotten."""

    page_type = models.CharField(max_length=80)
    title = models.CharField(max_length=255)
    parent_id = models.BigIntegerField()
    content = models.JSONField()
    deleted_by = models.CharField(max_length=80, blank=True)
    deleted_at = models.DateTimeField()
    until = models.DateField()

    class Meta:
        ordering = ("-deleted_at", "-pk")
        verbose_name = _("deleted draft")
        verbose_name_plural = _("deleted drafts")
