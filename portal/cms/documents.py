"""Wagtail's screens of documents, where versions make a difference: the list, and what can't be deleted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.documents.views.bulk_actions import DeleteBulkAction
from wagtail.documents.views.documents import DeleteView, IndexView

from portal.attachments.lines import mark_documents
from portal.attachments.models import PortalDocument
from portal.attachments.version_models import WasPublic
from portal.attachments.versions import ever_public


class Documents(IndexView):
    """The list of documents, with size, versions and whether the public may read one."""

    @cached_property
    def columns(self) -> list[Column]:
        own = [
            Column("size", label=_("Size"), accessor=lambda one: filesizeformat(one.get_file_size() or 0)),
            Column("versions", label=_("Versions"), accessor="versions_count"),
            Column("public", label=_("Public"), accessor="public_word"),
        ]
        return [*super().columns, *own]

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        found = super().decorate_paginated_queryset(object_list)
        mark_documents(found)
        return found


class DeleteDocument(DeleteView):
    """Says so when a document has been public, instead of asking whether to delete it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        document = get_object_or_404(PortalDocument, pk=kwargs[self.pk_url_kwarg])
        if ever_public([document.pk]):
            messages.error(request, WasPublic().reasons[0])
            return redirect("wagtaildocs:edit", document.pk)
        return super().dispatch(request, *args, **kwargs)


class DeleteUnseen(DeleteBulkAction):
    """Deletes of the chosen documents those that were never public, and names the others."""

    def check_perm(self, document: PortalDocument) -> bool:
        return super().check_perm(document) and not ever_public([document.pk])
