"""The editor's page form: an address made from the title, a note for the public, a moment to come."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from portal.pages.phrases import is_marked, plain
from portal.pages.slugs import slug_of
from portal.publishing.addresses import free_slug, why_taken
from portal.publishing.guards import was_public
from relief.trail import clock


class PortalPageForm(WagtailAdminPageForm):
    """An empty address is filled in; the address of what was public stays; a new change says what it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        slug = self.fields.get("slug")
        if slug is not None:
            slug.required = False
            slug.help_text = _("Leave it empty: it is made from the title. It stays once the page is public.")
            if page.pk and (page.is_fixed or was_public(page.pk)):
                slug.disabled = True
                slug.help_text = why_frozen(page)
        if page.pk and page.live_revision_id and page.live_revision_id == page.latest_revision_id:
            # The notes of the last change are public already; the next change has its own.
            self.initial |= {"change_note_zh": "", "change_note_en": "", "publish_at": None}

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data.get("slug") or "")
        if not self.fields["slug"].disabled and (why := why_taken(slug, self.parent_page, self.instance)):
            raise ValidationError(why)
        return slug

    def clean_publish_at(self) -> Any:
        moment = self.cleaned_data.get("publish_at")
        if moment is not None and moment <= clock.now():
            raise ValidationError(_("This moment has passed: choose one to come, or leave the field empty."))
        return moment

    def clean(self) -> dict[str, Any]:
        """A text that is handed in needs its note for the public, when the page was public before."""
        typed = self.cleaned_data
        if typed.get("slug") == "" and typed.get("title") and self.parent_page is not None:
            typed["slug"] = free_slug(slug_of(plain(typed["title"])), self.parent_page, self.instance)
        cleaned: dict[str, Any] = super().clean()
        self._settle_phrases(cleaned)
        if self._hands_in() and self.instance.pk and was_public(self.instance.pk):
            if cleaned.get("change_kind") != "minor":
                for name in ("change_note_zh", "change_note_en"):
                    if name in self.fields and not cleaned.get(name):
                        self.add_error(name, _("Say what changes: the public reads it beside the text."))
        return cleaned

    def _settle_phrases(self, cleaned: dict[str, Any]) -> None:
        """Marks typed into the title go beside it; other words than the title's are no marks."""
        if "phrased_title" not in self.fields:
            return
        title = cleaned.get("title") or ""
        if is_marked(title):
            cleaned["title"], cleaned["phrased_title"] = plain(title), title
        elif "phrased_title" in self.changed_data and cleaned.get("phrased_title"):
            if plain(cleaned["phrased_title"]) != title:
                words = _("Only marks may differ from the title: write it again, with | where it may break.")
                self.add_error("phrased_title", words)

    def _hands_in(self) -> bool:
        return bool(self.data.get("action-submit") or self.data.get("action-restart-workflow"))


def why_frozen(page: Any) -> str:
    """Why the address can't be typed over, and what to do instead."""
    if page.is_fixed:
        return _("The law, posters and the navigation name this address: it stays.")
    return _(
        "This page was public: its address is in bookmarks, letters and search engines. "
        "Who releases texts may change it under “Addresses”, and the old one leads to the new one."
    )
