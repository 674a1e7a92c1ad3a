"""Tables of the notification rules: the rules with history, what happened, and the mails about it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relief.ledger.insert_only import InsertOnly
from relief.officers.models import Officer, Role
from relief.trail.tracked import Root


class Happening(models.TextChoices):
    """What a rule can listen to. The last three come with a day, not from an act."""

    HANDED_IN = "handed-in", _("text handed in")
    APPROVED = "approved", _("step of review passed, another is due")
    RETURNED = "returned", _("text sent back")
    PLANNED = "planned", _("text planned")
    PUBLISHED = "published", _("text published")
    PLAN_FAILED = "plan-failed", _("plan failed")
    PLAN_OVERTAKEN = "plan-overtaken", _("plan overtaken by another change")
    WITHDRAWN = "withdrawn", _("text withdrawn")
    CHECK_DUE = "check-due", _("check of a page due")
    STATEMENT_EXPIRING = "statement", _("statement on an empty row expires within a week")
    ROW_RED = "row-red", _("row of the catalogue is red")


#: these speak of a row of the catalogue, not of a page: neither type nor section narrows them
OF_ROWS = (Happening.STATEMENT_EXPIRING, Happening.ROW_RED)
AUTHOR = "author"
RECIPIENTS = [
    (AUTHOR, _("who handed the text in")),
    *((role.value, role.label) for role in (Role.EDITOR, Role.SECTION_EDITOR, Role.REVIEWER, Role.PUBLISHER)),
]


class NotificationRule(Root):
    """Event × type of page × section → a role, the author or a person. Ended rules stay.

    `page_type` is the model's name, empty for all; `section` the translation key, None for the whole site.
    Exactly one of `recipient` and `officer` is set.
    """

    event = models.CharField(_("event"), max_length=20, choices=Happening)
    page_type = models.CharField(_("type of page"), max_length=40, blank=True)
    section = models.UUIDField(_("section"), null=True)
    recipient = models.CharField(_("recipient"), max_length=20, choices=RECIPIENTS, blank=True)
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    made_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended on"), null=True)
    why = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("notification rule")
        verbose_name_plural = _("notification rules")


class Occurrence(InsertOnly):
    """Something that happened once and was looked at by all rules. `key` keeps it from being told twice."""

    key = models.CharField(max_length=80, unique=True)
    event = models.CharField(max_length=20, choices=Happening)
    page_id = models.BigIntegerField(null=True)
    page_type = models.CharField(max_length=40, blank=True)
    section = models.CharField(max_length=255, blank=True)
    title = models.CharField(max_length=255)
    path = models.CharField(max_length=255)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = "occurrence"


class MailState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("mail", "waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up after several tries")
    NO_ADDRESS = "no-address", _("not sent: no office mail address is entered")
    LEFT = "left", _("not sent: not in office any more")


class Notification(models.Model):
    """One mail to one officer about one occurrence: outbox and log in one."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="notifications")
    rule = models.ForeignKey(NotificationRule, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("notification")
        constraints = [models.UniqueConstraint(fields=["occurrence", "officer"], name="one_mail_per_officer")]
