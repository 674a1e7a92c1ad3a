"""The gate for tests that are not about it: one form instead of all, and the verdict all the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from portal.publicity.all_forms import AllForms
from portal.publicity.downloads import json_bytes
from relief.awards.announce import announce, inspect_announcement
from relief.publicity.correct import approve_correction, inspect_correction
from relief.publicity.correction_models import Correction
from relief.publicity.forms import Document, drawn_by
from relief.publicity.gate import inspect_list
from relief.publicity.models import PublicList
from relief.publicity.publish import publish


class DataOnly(AllForms):
    """The JSON alone: it holds every value of the list."""

    def draw(self, public_list: PublicList) -> Iterator[Document]:
        yield Document("json.zh", "application/json", json_bytes(public_list))


def quickly() -> AbstractContextManager[None]:
    return drawn_by(DataOnly())


def inspected(public_list: PublicList, *, by: Any) -> PublicList:
    """The same list, with the verdict that publishing asks for."""
    with quickly():
        inspect_list(public_list, by=by)
    return public_list


def inspect_and_publish(public_list: PublicList, *, by: Any, version: int | None = None) -> PublicList:
    """Publish after the gate, as the desk does."""
    inspected(public_list, by=by)
    return publish(public_list, by=by, version=public_list.version if version is None else version)


def inspect_and_announce(area: Any, *, by: Any, benefit: str, only: Any = None) -> PublicList:
    """Announce after the gate, as the desk does."""
    with quickly():
        inspect_announcement(area, by=by, benefit=benefit, only=only)
    return announce(area, by=by, benefit=benefit, only=only)


def inspect_and_approve(correction: Correction, *, by: Any) -> Correction:
    """Approve a correction after the gate, as the desk does."""
    with quickly():
        inspect_correction(correction, by=by)
    return approve_correction(correction, by=by, version=correction.version)
