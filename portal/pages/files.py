"""The name under which the first migration knows where files lie; files live in `portal.attachments`."""

from __future__ import annotations

from portal.attachments.models import document_path

__all__ = ["document_path"]
