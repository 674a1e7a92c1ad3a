"""The index of the staff behind what is committed: a save notes a key, a thread of the process writes it.

`manage.py tick` writes what a process left behind, and the daily comparison puts right what nothing noted.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils.translation import gettext as _
from taggit.models import TaggedItem
from wagtail.models import Page, Revision

from portal.attachments.images import PortalImage
from portal.attachments.models import PortalDocument
from portal.staff_search.files import staff_files
from portal.staff_search.index import family, key, key_of, notes, staff_index
from portal.staff_search.lists import StaffLists
from portal.staff_search.pages import StaffPages
from relief.publicity.models import PublicList
from relief.schedule.run import register_job
from search import engine, follow, sources
from search.index import Outdated, Unavailable
from search.noting import Noting

#: models of the CMS that have records, by the families of their tables
KINDS = {family(model) for model in (Page, PortalDocument, PortalImage)}


def connect() -> None:
    """Called once, when the apps are ready. Wagtail reports pages and files; drafts and lists report here."""
    own: list[sources.Source] = [StaffPages(), *staff_files(), StaffLists()]
    for source in own:
        sources.register(source, staff_index().name)
    engine.keep_up(staff_index)
    register_job(NOTING.job)
    for signal in (post_save, post_delete):
        signal.connect(_on_revision, sender=Revision, dispatch_uid="staff-search")
        signal.connect(_on_list, sender=PublicList, dispatch_uid="staff-search")
    m2m_changed.connect(_on_tags, sender=TaggedItem, dispatch_uid="staff-search")


def note(changed: str) -> None:
    """What stands at a key may be another once this transaction is committed."""
    NOTING.note([changed])


def write() -> int:
    """Write what is noted; where there is no index of this analysis, make it anew. How many keys."""
    with notes().taken() as keys:
        index = staff_index()
        try:
            follow.keep(index, keys)
        except (Outdated, Unavailable):
            follow.rebuild(index)
        return len(keys)


def _on_revision(instance: Revision, **kwargs: Any) -> None:
    if instance.base_content_type_id == ContentType.objects.get_for_model(Page).pk:
        note(key(family(Page), int(instance.object_id)))


def _on_list(instance: PublicList, **kwargs: Any) -> None:
    note(key_of(instance))


def _on_tags(instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and family(type(instance)) in KINDS:
        note(key_of(instance))


NOTING = Noting("staff-search", notes, write, lambda: _("The staff's search has read what was saved."))
