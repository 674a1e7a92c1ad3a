"""Facts of a text that don't depend on its language stand on the Chinese page and are read from there.

文号, dates, validity, relations: a translation never holds a copy. Its columns are empty and its form doesn't
offer them; whoever shows a page asks `page.facts`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel, MultiFieldPanel

from portal.pages.base import PortalPage
from portal.pages.chinese import chinese_of
from portal.pages.forms import PortalPageForm
from portal.publishing.queries import readable


class SourcedPageForm(PortalPageForm):
    """A translation's form is without the fields that are read from its source."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.states_facts:
            for name in self.instance.SOURCE_FIELDS:
                self.fields.pop(name, None)
            for name in self.instance.SOURCE_RELATIONS:
                self.formsets.pop(name, None)


class SourcedPage(PortalPage):
    """Base of pages whose facts are read from the Chinese page of the same translation key."""

    SOURCE_FIELDS: ClassVar[tuple[str, ...]] = ()
    #: related names of inline rows
    SOURCE_RELATIONS: ClassVar[tuple[str, ...]] = ()
    base_form_class = SourcedPageForm

    class Meta:
        abstract = True

    @property
    def facts(self) -> Any:
        """The page that states the facts: the Chinese one, or this one when there is none."""
        return chinese_of(self)

    @property
    def states_facts(self) -> bool:
        return self.facts is self

    @cached_property
    def shown_on(self) -> list[str]:
        """Titles of the public translations on which these facts are read; one query."""
        if not self.pk or not self.states_facts:
            return []
        return list(readable(self.get_translations()).order_by("path").values_list("title", flat=True))

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if not self.states_facts:
            self._forget_facts()
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """A page copied for translation is saved without having been checked."""
        if not self.states_facts:
            self._forget_facts()
        return super().save(*args, **kwargs)

    def _forget_facts(self) -> None:
        for name in self.SOURCE_FIELDS:
            setattr(self, name, self._meta.get_field(name).get_default())
        for name in self.SOURCE_RELATIONS:
            if getattr(self, name).all():
                setattr(self, name, [])


class SourcePanel(MultiFieldPanel):
    """Fields and rows that only the page that states the facts may fill in; a translation says so instead."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        @cached_property
        def children(self) -> list[Any]:
            if self.instance is None:
                return list(super().children)
            if not self.instance.states_facts:
                return [self._told(_("Read from the Chinese page: change it there."))]
            if not self.instance.shown_on:
                return list(super().children)
            names = "、".join(f"“{title}”" for title in self.instance.shown_on)
            words = _("What stands here shows on its translation too: %(names)s.") % {"names": names}
            return [self._told(words), *super().children]

        def _told(self, words: Any) -> Any:
            """A line of help among the fields."""
            told = HelpPanel(escape(words)).bind_to_model(self.panel.model)
            return told.get_bound_panel(instance=self.instance, request=self.request, form=self.form)
