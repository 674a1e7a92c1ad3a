"""What readers see changes without a publication: titles and collections of files, values of the law."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Collection, CollectionViewRestriction

from portal.attachments.models import PortalDocument
from portal.finder.files import keys_of_documents
from portal.finder.standards import SHOWN, keys_of
from relief.standards.models import Standard
from search.told import tell


def connect() -> None:
    """Called once, when the apps are ready."""
    post_save.connect(_on_document, sender=PortalDocument, dispatch_uid="finder")
    for signal in (post_save, post_delete):
        signal.connect(_on_closing, sender=CollectionViewRestriction, dispatch_uid="finder")
    post_save.connect(_on_standard, sender=Standard, dispatch_uid="finder")
    # a tree is moved by statements of its own, which send no signal
    Collection.move = _telling(Collection.move)


def _on_document(instance: PortalDocument, created: bool, **kwargs: Any) -> None:
    """Another title, or another collection."""
    if not created:
        tell(keys_of_documents(PortalDocument.objects.filter(pk=instance.pk)))


def _on_closing(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    """A collection is closed to the public, or open again."""
    tell(_below(instance.collection))


def _telling(move: Callable[..., None]) -> Callable[..., None]:
    """A move that tells afterwards: below a closed collection files are closed, elsewhere open again."""

    @wraps(move)
    def moved(self: Collection, *args: Any, **kwargs: Any) -> None:
        keys = list(_below(self))
        move(self, *args, **kwargs)
        tell(keys)

    return moved


def _below(collection: Collection) -> Iterator[str]:
    inside = collection.get_descendants(inclusive=True)
    yield from keys_of_documents(PortalDocument.objects.filter(collection__in=inside))


def _on_standard(instance: Standard, **kwargs: Any) -> None:
    if instance.name in SHOWN:
        tell(keys_of([instance.name]))
