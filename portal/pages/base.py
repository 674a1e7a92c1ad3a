"""The base of every page type: address, summary, twin in the other language, who may touch it."""

from __future__ import annotations

from contextlib import nullcontext
from http import HTTPMethod
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, MultiFieldPanel
from wagtail.models import Page, PagePermissionTester, PageViewRestriction, Workflow
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portal.attachments.facts import attachment_facts
from portal.attachments.offered import offered_by
from portal.attachments.public import make_public, withhold
from portal.attachments.shown import files_of
from portal.context import Link
from portal.gate.reader.ask import Stored
from portal.pages.above import HOME_DEPTH, pages_above
from portal.pages.addressed import Addressed
from portal.pages.chinese import chinese_of, keep_chinese
from portal.pages.forms import PortalPageForm
from portal.pages.indexing import IndexedByRow
from portal.pages.languages import in_reader_language, is_foreign, lang_of
from portal.pages.previews import Previewed
from portal.pages.read import twin_of
from portal.pages.remarks_panel import RemarksPanel
from portal.pages.slugs import slug_of
from portal.publishing.addresses import free_slug, why_taken
from portal.publishing.models import PageRecord, PageState, PublicChange
from portal.publishing.permissions import PublishingPermissions
from portal.publishing.queries import changes_told, readable
from portal.publishing.submit import record_of
from portal.publishing.task import workflow_of
from relief.trail.models import Event

TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link", "image"]
#: addresses right below a home page that law, posters and the navigation name
FIXED_SLUGS = (
    "publicity",
    "announcements",
    "policies",
    "interpretations",
    "notices",
    "guides",
    "annual-reports",
    "disclosure",
    "profile",
)
#: relations of every page that no form offers
SET_BY_CODE = ("content_type", "owner", "locked_by", "latest_revision", "live_revision", "alias_of")


class ChangeWeight(models.TextChoices):
    """What the author says of a change; the reviewer checks it."""

    MINOR = "minor", _("minor: a slip of the pen, nothing that anybody would decide by")
    SUBSTANTIVE = "substantive", _("substantive: with a note for the public")


class PortalPage(IndexedByRow, Addressed, Previewed):
    """Base of every page type (网页)."""

    phrased_title = models.CharField(
        _("title with breaks"),
        max_length=255,
        blank=True,
        help_text=_("A long title again, with | where it may break on a narrow screen. Empty: anywhere."),
    )
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    change_kind = models.CharField(
        _("kind of change"), max_length=12, choices=ChangeWeight, default=ChangeWeight.SUBSTANTIVE
    )
    change_note_zh = models.CharField(_("note for the public (Chinese)"), max_length=300, blank=True)
    change_note_en = models.CharField(_("note for the public (English)"), max_length=300, blank=True)
    publish_at = models.DateTimeField(
        _("publish at"),
        null=True,
        blank=True,
        help_text=_("Empty: at once when the review is finished. Else it goes live at this time."),
    )

    #: columns that the checks ask for, though a text may go out without them
    WANTED: ClassVar[tuple[str, ...]] = ()
    #: whether the page tells its own changes; a page that only collects others does not
    shows_changes: ClassVar[bool] = True
    #: whether the address says what the page is, as a report's year does: it can't be another
    is_named_by_content: ClassVar[bool] = False
    allowed_http_methods: ClassVar[list[HTTPMethod]] = [HTTPMethod.GET, HTTPMethod.HEAD]
    base_form_class = PortalPageForm
    content_panels: ClassVar[list[Any]] = [
        RemarksPanel(),
        # a plain one: Wagtail's own writes an address beside it in the browser, and leaves Chinese out
        FieldPanel("title", classname="title"),
        FieldPanel("phrased_title"),
        FieldPanel("summary"),
    ]
    settings_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("change_kind"),
                FieldPanel("change_note_zh"),
                FieldPanel("change_note_en"),
                FieldPanel("publish_at"),
            ],
            heading=_("Publishing"),
        ),
        CommentPanel(),
    ]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    @property
    def is_fixed(self) -> bool:
        """Whether the page's address is part of the site's contract (architecture §10)."""
        return self.depth == HOME_DEPTH or (self.depth == HOME_DEPTH + 1 and self.slug in FIXED_SLUGS)

    @cached_property
    def language(self) -> str:
        """The language of its words: `zh-hans` or `en`."""
        return str(self.locale.language_code)

    @cached_property
    def twin(self) -> Page | None:
        """The live page with the same content in the other language, if there is one."""
        twin: Page | None = twin_of(self)
        if twin is not None and twin.locale.language_code == settings.LANGUAGE_CODE:
            keep_chinese(self, twin)
        return twin

    def public_changes(self) -> list[PublicChange]:
        """The newest changes that the public is told of in words."""
        kept = self.record
        if kept is None or not self.shows_changes:
            return []
        if kept.state == PageState.PUBLIC and kept.published_at == kept.first_published_at:
            return []  # as first published: no need to ask
        return changes_told(kept)

    def publish_obstacles(self) -> list[str]:
        """What is still missing before this page may be published, in words; empty when nothing is."""
        return []

    def get_view_restrictions(self) -> Any:
        """Wagtail's own, in one query instead of two; aliases, which it looks behind, are never made here."""
        above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=above)

    def breadcrumbs(self) -> list[Link]:
        """The pages above this one, without the home page."""
        above = pages_above(self)
        for page in above:
            if page.locale_id == self.locale_id:
                page.locale = self.locale  # their addresses ask for it
        return [Link(page.title, page.get_url() or "", lang=lang_of(page)) for page in above]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._name_address()
        super().full_clean(*args, **kwargs)

    def clean_fields(self, exclude: Any = None) -> None:
        """But for what no form sets: each of these would be looked up once more."""
        super().clean_fields({*(exclude or ()), *SET_BY_CODE})

    def minimal_clean(self) -> None:
        self._name_address()
        super().minimal_clean()

    def _name_address(self) -> None:
        """From the title, where nobody typed one; not before the page has a place in the tree."""
        parent = self.get_parent() if self.path and not self.slug else None
        if parent is not None:
            self.slug: str = free_slug(slug_of(self.title), parent, self)

    def _check_slug_is_unique(self) -> None:
        """Neither a neighbour's nor an old one, in words; what was public keeps its own for good."""
        settled = self.first_published_at and not self._state.adding
        why = "" if settled else why_taken(self.slug, self.get_parent(), self)
        if why:
            raise ValidationError({"slug": why})

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """What was public has its address from the page, not from a text: no version brings back another."""
        frozen = {"slug": self.slug} if self.first_published_at else {}
        return super().with_content_json({**content, **frozen})

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return PublishingPermissions(user, self)

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        """By type, from the table of steps; Wagtail's own assignment by section has no say."""
        return workflow_of(type(self))

    @cached_property
    def record(self) -> PageRecord | None:
        """The page's public state; None before its first submission."""
        return record_of(self)

    @property
    def is_superseded(self) -> bool:
        return self.record is not None and self.record.state == PageState.SUPERSEDED

    @property
    def is_removed(self) -> bool:
        return self.record is not None and self.record.state == PageState.REMOVED

    @cached_property
    def replacement(self) -> Page | None:
        """What replaces this page after its withdrawal, while it is public, in the reader's language."""
        number = self.record.replaced_by if self.record else None
        found = readable(Page.objects.filter(pk=number)).first() if number else None
        return in_reader_language([found])[0] if found else None

    def carried_files(self) -> list[Any]:
        """The files that this text offers, each in the version that would be public with it, for the gate."""
        return [Stored.of(version, version.document.title) for version in self._offered]

    def publish_files(self, record: PageRecord, event: Event) -> list[dict[str, Any]]:
        """Make the files that this text carries public; their facts go into the page's digest."""
        make_public(record.code, self._offered, event_id=event.pk, at=event.at)
        return attachment_facts(self._offered)

    @cached_property
    def _offered(self) -> list[Any]:
        return offered_by(self)

    def withhold_files(self, record: PageRecord, event: Event) -> None:
        """The page is removed: its files answer 410."""
        withhold(record.code, event_id=event.pk, at=event.at)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`foreign`: a Chinese page under an English address; `text_lang` marks its words."""
        context = super().get_context(request, *args, **kwargs)
        foreign = is_foreign(self)
        return {
            **context,
            "breadcrumbs": self.breadcrumbs(),
            "twin": None if foreign else self.twin,
            "foreign": foreign,
            "text_lang": lang_of(self),
            "public_changes": self.public_changes(),
        }

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """A removed page shows its title and why it was removed, nothing of its text."""
        return (
            "pages/removed.html" if self.is_removed else str(super().get_template(request, *args, **kwargs))
        )

    def child(self, slug: str) -> Any:
        """The child of that address with its own columns; None where it isn't found in one query."""
        return None

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """What no translation answers is looked for in the Chinese tree (ux C9), before it is a 404."""
        try:
            child = self.child(path_components[0]) if path_components else None
            if child is None:
                return super().route(request, path_components)
            child.found_below, child.locale = self, self.locale
            return child.route(request, path_components[1:])
        except Http404:
            chinese = chinese_of(self)
            if not path_components or chinese is self or not chinese.live:
                raise
            return chinese.route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sent with `no-cache` and without ETag: an editor's change is seen at the next request."""
        if is_foreign(self) and self.twin and not getattr(request, "is_preview", False):
            return HttpResponseRedirect(self.twin.get_url())  # its translation has another address
        kept = None if self.is_removed else self.record
        # links lead to the versions that were published with the text; some are drawn with the context
        with files_of(kept.code) if kept is not None else nullcontext():
            response: TemplateResponse = super().serve(request, *args, **kwargs)
            if kept is not None:
                response.render()
        response["Cache-Control"] = "no-cache"
        return response
