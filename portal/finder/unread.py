"""Files whose words nobody can look for, named to the editors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from portal.attachments.version_models import FileVersion
from portal.finder.models import AttachmentText
from portal.finder.shown_files import showings
from portal.finder.texts import reasons
from portal.publishing.models import PageRecord


def unread_files() -> dict[int, list[tuple[str, str]]]:
    """By page the names of the files on it that could not be read, or not whole, with codes of why."""
    whys = dict(AttachmentText.objects.exclude(unread="").values_list("sha256", "unread"))
    if not whys:
        return {}
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = showings().filter(version__sha256__in=list(whys)).select_related("version").order_by("version")
    pages = dict(
        PageRecord.objects.filter(code__in=[row.page_code for row in rows]).values_list("code", "page_id")
    )
    for row in rows:
        found[pages[row.page_code]].append((row.version.filename, whys[row.version.sha256]))
    return found


def why_unread(versions: Iterable[FileVersion]) -> dict[str, str]:
    """By digest why a file can't be searched, in words; those that can be aren't in it."""
    digests = [version.sha256 for version in versions]
    kept = AttachmentText.objects.filter(sha256__in=digests).exclude(unread="")
    return {sha256: " ".join(reasons(unread)) for sha256, unread in kept.values_list("sha256", "unread")}
