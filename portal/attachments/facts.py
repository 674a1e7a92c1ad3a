"""What a page's digest says of its files (pure)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from portal.attachments.version_models import FileVersion


def attachment_facts(versions: Iterable[FileVersion]) -> list[dict[str, Any]]:
    """Name, digest, size in bytes and media type of each file, in one order whatever order they come in."""
    facts = [
        {
            "name": unicodedata.normalize("NFC", version.filename),
            "sha256": version.sha256,
            "size": version.size,
            "type": version.media_type,
        }
        for version in versions
    ]
    return sorted(facts, key=lambda fact: (fact["name"], fact["sha256"]))
