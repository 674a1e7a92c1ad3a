"""Tables of publicity. Entries are frozen for ever; what is shown of them (PublicRow) can be deleted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from relief.applications.models import Application
from relief.confidential.sealed import SealedField
from relief.ledger.codes import check_code
from relief.ledger.insert_only import InsertOnly
from relief.places.models import Area, Board
from relief.trail.tracked import Root


class ListKind(models.TextChoices):
    PRE_APPROVAL = "gs", _("list before approval")
    ANNOUNCEMENT = "gg", _("announcement after approval")
    CHANGES = "bg", _("announcement of changes and endings")
    STANDING = "cs", _("standing list")


class ListState(models.TextChoices):
    COMPILED = "compiled", _("compiled, not published")
    RUNNING = "running", _("running")
    CLOSED = "closed", _("closed")
    ANNOUNCED = "announced", _("announced")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PublicList(Root):
    """One list: one area, one benefit, one batch.

    Kinds: 批前公示 `gs`, 批后公告 `gg`, 变更和终止公告 `bg`, 长期公示 `cs`.

    The number is given at publishing. `starts_on`–`ends_on` is the period with both days counted, known once
    web and every listed board are evidenced; `names_until` is the last day on which a name is shown.
    `kin_count` says how many of its cases are registered separately (57号 art 11), outside the digest;
    `amount_sum` is in yuan per month, kept for ever (see `amounts.py`).
    Titles, labels and columns are frozen in both languages; the digest covers what `document.py` says.
    `edition` counts the corrections (更正): none is the first edition. A withdrawn list says why in both
    languages; `counts_only` shows no row (small numbers); a standing list `replaces` that of last month.
    """

    kind = models.CharField(_("kind of list"), max_length=2, choices=ListKind)
    benefit = models.CharField(_("benefit"), max_length=20)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, to_field="number", related_name="+", verbose_name=_("area")
    )
    batch = models.CharField(_("batch"), max_length=12)
    revision = models.PositiveSmallIntegerField(pgettext_lazy("list", "revision"), default=1)
    state = models.CharField(_("state"), max_length=12, choices=ListState, default=ListState.COMPILED)
    number = models.CharField(_("list number"), max_length=24, unique=True, null=True)
    title_zh = models.CharField(_("Chinese title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=200)
    columns = models.JSONField(_("columns"))
    labels = models.JSONField(_("labels"))
    index_number = models.CharField(_("index number"), max_length=32, blank=True)
    document_number = models.CharField(_("document number"), max_length=40, blank=True)
    input_digest = models.CharField(max_length=64)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    entry_count = models.PositiveIntegerField(_("households"), default=0)
    person_count = models.PositiveIntegerField(_("persons"), default=0)
    kin_count = models.PositiveIntegerField(_("cases registered as staff kin"), null=True)
    amount_sum = models.DecimalField(_("sum of amounts"), max_digits=14, decimal_places=2, null=True)
    published_at = models.DateTimeField(_("published at"), null=True)
    days = models.PositiveSmallIntegerField(_("days of publicity"), null=True)
    counting = models.CharField(_("counting of days"), max_length=10, blank=True)
    starts_on = models.DateField(_("first day"), null=True)
    ends_on = models.DateField(_("last day"), null=True)
    names_until = models.DateField(_("names shown until"), null=True)
    names_deleted_on = models.DateField(_("names deleted on"), null=True)
    edition = models.PositiveSmallIntegerField(_("edition"), null=True)
    counts_only = models.BooleanField(_("counts only"), null=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True)
    withdrawal_reason = models.CharField(_("reason of the withdrawal"), max_length=20, null=True)
    note_zh = models.CharField(_("Chinese note"), max_length=400, null=True)
    note_en = models.CharField(_("English note"), max_length=400, null=True)

    class Meta(Root.Meta):
        ordering = ("-pk",)
        verbose_name = _("public list")
        verbose_name_plural = _("public lists")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "benefit", "area", "batch", "revision"],
                name="one_list_per_batch_and_revision",
            ),
        ]
        indexes = [models.Index(fields=["kind", "state", "ends_on"], name="public_list_state_ix")]

    def __str__(self) -> str:
        return self.number or f"{self.kind} {self.area_id} {self.batch}"

    @property
    def title(self) -> str:
        """The frozen title in the active language."""
        return self.title_en if (get_language() or "").startswith("en") else self.title_zh

    @property
    def check_code(self) -> str:
        """`XXXX-XXXX`, the first 40 bits of the digest (核对码)."""
        return check_code(self.digest) if self.digest else ""


class Selection(InsertOnly):
    """Which cases, at which version, a compiled list holds; publishing compares."""

    public_list = models.ForeignKey(PublicList, on_delete=models.PROTECT, related_name="selections")
    application_id = models.BigIntegerField()
    version = models.PositiveIntegerField()

    class Meta:
        ordering = ("pk",)
        verbose_name = "selection"


class Entry(InsertOnly):
    """One frozen row of a list, for ever: its commitment; salt and row sealed under the household's key.

    A correction writes a new entry of the next `edition` that `supersedes` the old one; `ends_on` is the last
    day of a clock of its own (an added or corrected row), where it has one.
    """

    public_list = models.ForeignKey(PublicList, on_delete=models.PROTECT, related_name="entries")
    row_number = models.PositiveIntegerField()
    application_id = models.BigIntegerField(db_index=True, null=True)
    award_id = models.BigIntegerField(db_index=True, null=True)
    row_code = models.CharField(max_length=9, db_index=True)
    commitment = models.CharField(max_length=64)
    sealed_row = SealedField(purpose="entry.row")
    pre_approval = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    event_id = models.BigIntegerField(db_index=True)
    edition = models.PositiveSmallIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    ends_on = models.DateField(null=True)

    class Meta:
        ordering = ("public_list", "row_number")
        verbose_name = "entry"
        constraints = [
            models.UniqueConstraint(
                fields=["public_list", "row_number", "edition"], name="one_entry_per_row_and_edition"
            ),
        ]


class PublicRow(models.Model):
    """What the public sees of an Entry, with its salt; deleted when the names' time is over.

    Not `current` once a correction superseded it: then only the page of the correction shows it.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="public_row")
    public_list = models.ForeignKey(PublicList, on_delete=models.PROTECT, related_name="public_rows")
    row_number = models.PositiveIntegerField()
    salt = models.CharField(max_length=32)
    row = models.JSONField()
    current = models.BooleanField(default=True)

    class Meta:
        ordering = ("row_number",)
        verbose_name = "public row"
        indexes = [models.Index(fields=["public_list", "row_number"], name="public_row_ix")]


class Channel(models.TextChoices):
    WEB = "web", _("website")
    BOARD = "board", _("bulletin board")


class Posting(InsertOnly):
    """Evidence that a list was shown somewhere (张贴): where, on which day, by whom."""

    public_list = models.ForeignKey(PublicList, on_delete=models.PROTECT, related_name="postings")
    channel = models.CharField(max_length=8, choices=Channel)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, related_name="+")
    posted_on = models.DateField()
    officer_id = models.BigIntegerField(null=True)
    officer_name = models.CharField(max_length=80)
    event_id = models.BigIntegerField(db_index=True)
    photo = models.ForeignKey("relief.BoardPhoto", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints = [
            models.UniqueConstraint(fields=["public_list", "board"], name="one_posting_per_board"),
        ]


class Retraction(InsertOnly):
    """A row left its list before the names' time was over: its case was withdrawn, ended or returned.

    The entry stays frozen; its PublicRow is gone. Where a correction removed it, from `edition` on the digest
    no longer holds its commitment; `reason` is then the class that the public reads.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="retraction")
    reason = models.CharField(max_length=20)
    event_id = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()
    edition = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("retraction")
        verbose_name_plural = _("retractions")


class ResponseKind(models.TextChoices):
    """What the public says to a list (反映)."""

    NOT_ELIGIBLE = "not-eligible", _("objection: this household is not eligible")
    LEFT_OUT = "left-out", _("left out: I was left out")
    WRONG_DATA = "wrong-data", _("wrong data: my data is wrong")
    WITHHOLD_NAME = "withhold-name", _("withhold: my name should not be shown")


class ResponseChannel(models.TextChoices):
    COUNTER = "counter", _("at the counter")
    TELEPHONE = "telephone", _("by telephone")
    LETTER = "letter", _("by letter")
    WEB = "web", _("on this website")


class ResponseState(models.TextChoices):
    OPEN = "open", _("open")
    UPHELD = "upheld", _("upheld")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAPSED = "lapsed", _("ended with the case")


class Response(Root):
    """What a person said to a list (反映; 异议, 漏报, 信息有误, 申请不公开), sealed under a key of its own.

    The receipt's number is given on entry, for ever. A person objects to one case of a list once: found by
    the blind index `respondent`. `handler` is the area whose staff answers (a community, a street or `000`;
    one level up when it is `about_staff`) until `due_on`; who was left out names the `community`, and
    `lead_case` is what the station opened from it. One escalation (提级) goes to the district with a date.
    """

    number = models.CharField(_("receipt number"), max_length=24, unique=True)
    public_list = models.ForeignKey(
        PublicList, on_delete=models.PROTECT, related_name="responses", verbose_name=_("list")
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="responses", verbose_name=_("case")
    )
    kind = models.CharField(_("kind of response"), max_length=16, choices=ResponseKind)
    channel = models.CharField(_("channel"), max_length=10, choices=ResponseChannel)
    state = models.CharField(_("state"), max_length=10, choices=ResponseState, default=ResponseState.OPEN)
    received_on = models.DateField(_("received on"))
    named = models.BooleanField(_("named"))
    respondent = SealedField(_("respondent"), purpose="response.respondent", null=True)
    contact = SealedField(_("contact"), purpose="response.contact", null=True)
    words = SealedField(_("words"), purpose="response.words")
    answered_on = models.DateField(_("answered on"), null=True)
    answer = SealedField(_("answer"), purpose="response.answer", null=True)
    handler = models.CharField(_("answered by the staff of"), max_length=5, null=True)
    community = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        to_field="number",
        null=True,
        related_name="+",
        verbose_name=_("community"),
    )
    due_on = models.DateField(_("answer due on"), null=True)
    about_staff = models.BooleanField(_("about a member of staff"), null=True)
    reason_class = models.CharField(_("reason class"), max_length=20, null=True)
    lead_case = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("case opened")
    )
    escalated_on = models.DateField(_("escalated on"), null=True)
    escalation_due_on = models.DateField(_("answer to the escalation due on"), null=True)
    escalation = SealedField(_("escalation"), purpose="response.escalation", null=True)
    escalation_answer = SealedField(
        _("answer to the escalation"), purpose="response.escalation-answer", null=True
    )
    escalation_answered_on = models.DateField(_("escalation answered on"), null=True)
    escalation_upheld = models.BooleanField(_("escalation upheld"), null=True)

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        indexes = [
            models.Index(fields=["state", "application"], name="response_state_ix"),
            models.Index(fields=["handler", "state", "due_on"], name="response_queue_ix"),
        ]
