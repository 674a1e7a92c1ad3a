"""What of a revision is the text: all that the public may come to see, without Wagtail's bookkeeping."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Revision

from relief.ledger.canonical import canonical, sha256_hex

#: columns of the tree, of versions and of the review: they change without the text
NOT_TEXT = frozenset(
    {
        "pk",
        "path",
        "depth",
        "numchild",
        "url_path",
        "content_type",
        "draft_title",
        "live",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "go_live_at",
        "expire_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
        "alias_of",
        "comments",
        "wagtail_admin_comments",
        "publish_at",
    }
)


def text_of(revision: Revision) -> dict[str, Any]:
    """The text of a revision by column; blocks and child rows as they are stored."""
    return {name: value for name, value in revision.content.items() if name not in NOT_TEXT}


def content_digest(revision: Revision) -> str:
    """SHA-256 over the text: what a submission and its approvals are bound to."""
    return sha256_hex(canonical({"schema": "text/1", "text": _stored(text_of(revision))}))


def page_digest(revision: Revision, language: str, files: Sequence[Any]) -> str:
    """SHA-256 over what is public: the text, its language and the digests of its files."""
    return sha256_hex(
        canonical(
            {
                "schema": "page/1",
                "language": language,
                "text": _stored(text_of(revision)),
                "files": list(files),
            }
        )
    )


def _stored(text: dict[str, Any]) -> str:
    """One string with sorted keys: stored text may hold numbers that canonical JSON has no form for."""
    return json.dumps(text, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
