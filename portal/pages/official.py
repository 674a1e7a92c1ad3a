"""What policies, interpretations and notices have in common: metadata, and a place in a section."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.pages.metadata import row
from portal.pages.source import SourcedPage
from portal.pages.topics import Topic
from portal.templatetags.cap import day


class OfficialPage(SourcedPage):
    """A dated text. The issuer's name belongs to the language, dates and numbers to the source."""

    index_number = models.CharField(_("index number"), max_length=32, blank=True)
    topic = models.CharField(_("topic"), max_length=16, choices=Topic, blank=True)
    issuer = models.CharField(_("issued by"), max_length=80)
    signed_on = models.DateField(_("signed on"), null=True, blank=True, db_index=True)
    document_number = models.CharField(_("document number"), max_length=40, blank=True)
    origin = models.CharField(
        _("source"),
        max_length=80,
        blank=True,
        help_text=_("Where the text comes from, if not from the bureau."),
    )

    SOURCE_FIELDS: ClassVar[tuple[str, ...]] = ("index_number", "topic", "signed_on", "document_number")
    WANTED: ClassVar[tuple[str, ...]] = ("summary", "topic", "issuer")
    #: facts without which a text can't be filed; asked for on the page that states them
    NEEDED: ClassVar[tuple[str, ...]] = ("signed_on",)

    class Meta:
        abstract = True

    @property
    def published_on(self) -> date | None:
        """First public day (发布日期), of the source."""
        moment = self.facts.first_published_at
        return localtime(moment).date() if moment else None

    def clean(self) -> None:
        super().clean()
        if not self.states_facts:
            return
        missing = [name for name in self.NEEDED if not getattr(self, name)]
        if missing:
            words = _("Fill this in: readers and inspectors look for it.")
            raise ValidationError(dict.fromkeys(missing, words))

    def metadata(self) -> list[dict[str, Any]]:
        """The block of metadata in the customary order; empty values are left out when drawn."""
        facts = self.facts
        return [
            row(gettext("Index number"), facts.index_number),
            row(gettext("Topic"), facts.get_topic_display()),
            row(gettext("Issuing body"), self.issuer, own=True),
            row(gettext("Signed on"), day(facts.signed_on) if facts.signed_on else ""),
            row(gettext("Document number"), facts.document_number, chinese=True),
            row(gettext("Published on"), day(self.published_on) if self.published_on else ""),
            *self.more_metadata(),
            row(gettext("Taken from"), self.origin, own=True),
        ]

    def more_metadata(self) -> list[dict[str, Any]]:
        """What a type adds after the day of publication."""
        return []

    def named(self) -> list[Any]:
        """Other texts of its type that a text leads to."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.pages.neighbours import around

        context = super().get_context(request, *args, **kwargs)
        metadata = self.metadata()
        beside, texts = around(self, self.named())
        return {**context, "metadata": metadata, "neighbours": beside, "texts": texts}
