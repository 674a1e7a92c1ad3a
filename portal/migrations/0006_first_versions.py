"""Each document that is there gets its first version, public where a live page links to it."""

import hashlib
import uuid
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.db import migrations

PAGES = uuid.UUID("5d3f1f9e-6a0b-4b7c-9d0e-2f6f5c1b7a10")


def make_versions(apps, schema_editor):
    from portal.attachments.kinds import media_type_of

    document_model = apps.get_model("portal", "PortalDocument")
    version_model = apps.get_model("portal", "FileVersion")
    public_model = apps.get_model("portal", "PublicFile")
    for document in document_model.objects.order_by("pk").iterator():
        if not document.file or not default_storage.exists(document.file.name):
            continue  # its bytes are gone: nothing can be served or proved
        with default_storage.open(document.file.name) as file:
            data = file.read()
        version = version_model.objects.create(
            document=document,
            number=1,
            token=document.token,
            file=document.file.name,
            filename=PurePath(document.file.name).name,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            media_type=media_type_of(data),
            by_name="setup",
            uploaded_at=document.created_at,
        )
        for page, since in live_pages(apps, document):
            public_model.objects.create(
                version=version, page_code=uuid.uuid5(PAGES, f"page:{page}"), kind="shown", at=since
            )


def live_pages(apps, document):
    """(key, first published) of the live pages, open to everybody, that link to the document."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    page_kind = content_types.filter(app_label="wagtailcore", model="page").first()
    document_kind = content_types.filter(app_label="portal", model="portaldocument").first()
    if page_kind is None or document_kind is None:
        return
    linking = apps.get_model("wagtailcore", "ReferenceIndex").objects.filter(
        base_content_type=page_kind, to_content_type=document_kind, to_object_id=str(document.pk)
    )
    keys = {int(key) for key in linking.values_list("object_id", flat=True)}
    private = list(
        apps.get_model("wagtailcore", "PageViewRestriction").objects.values_list("page__path", flat=True)
    )
    for page in apps.get_model("wagtailcore", "Page").objects.filter(pk__in=keys, live=True).order_by("pk"):
        if not any(page.path.startswith(path) for path in private):
            yield page.pk, page.first_published_at or document.created_at


class Migration(migrations.Migration):

    dependencies = [
        ("portal", "0005_files_are_versions"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(make_versions, migrations.RunPython.noop)]
