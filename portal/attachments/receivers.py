"""What Django's signals mean for files: what was public stays, what never was takes its bytes along."""

from __future__ import annotations

from django.db.models.signals import post_delete, pre_delete

from portal.attachments.images import PortalImage, refuse_if_shown
from portal.attachments.models import PortalDocument
from portal.attachments.versions import drop_bytes, refuse_if_public


def connect() -> None:
    """Called once, when the app is ready."""
    pre_delete.connect(refuse_if_public, sender=PortalDocument, dispatch_uid="file-was-public")
    pre_delete.connect(refuse_if_shown, sender=PortalImage, dispatch_uid="picture-is-shown")
    post_delete.connect(drop_bytes, sender=PortalDocument, dispatch_uid="bytes-of-versions")
