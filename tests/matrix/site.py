"""What editors have made by then: pages live and in draft, a picture, a document."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection, Site

from portal.attachments.images import PortalImage
from portal.attachments.models import PortalDocument
from portal.pages.models import HomePage, NoticePage, SectionPage
from portal.pages.report import AnnualReportIndexPage, AnnualReportPage
from portal.pages.seed import add_live

#: what Wagtail's addresses ask for besides a key
COMMON: dict[str, Any] = {
    "app_label": "portal",
    "app_name": "portal",
    "model_name": "noticepage",
    "content_type_app_name": "portal",
    "content_type_model_name": "noticepage",
    "action": "delete",
    "action_name": "publish",
    "object_id": "1",
    "language": "en",
    # nothing of this kind exists: workflows are switched off, redirects and uploads are not in use
    **dict.fromkeys(
        ("task_id", "task_state_id", "workflow_pk", "workflow_state_id", "redirect_id", "session_id"), 1
    ),
    "uploaded_file_id": 1,
    "page_pk": 1,
    "uidb64": "MQ",
    "token": "x-y",
    "pk": 1,
    # a session remembers what was found and done under a code of its own: this is nobody's
    "code": UUID(int=7),
}


def editors_things(home: HomePage) -> dict[str, dict[str, Any]]:
    """By name, the values for the parameters of Wagtail's addresses."""
    section = SectionPage.objects.child_of(home).get(slug="notices")
    document = PortalDocument.objects.create(title="申请表", file=ContentFile(b"form", name="form.txt"))
    unlisted = PortalDocument.objects.create(title="草稿", file=ContentFile(b"draft", name="draft.txt"))
    body = f'<p><a linktype="document" id="{document.pk}">下载</a></p>'
    live, draft = _notice(section, "live", body), _notice(section, "draft", "<p>draft</p>")
    add_live(section, live)
    section.add_child(instance=draft)
    picture = PortalImage.objects.create(title="窗口", file=ContentFile(_png(), name="counter.png"))
    rendition = picture.get_rendition("width-200").file.name.rpartition("/")[2]
    return {
        "page": _page(live) | {"destination_id": home.pk},
        "draft-page": _page(draft) | {"destination_id": home.pk},
        "section": {
            "parent_page_id": section.pk,
            "page_id": section.pk,
            "key": section.translation_key,
            "section": "notices",
        },
        "image": {"image_id": picture.pk, "pk": picture.pk, "filter_spec": "max-800x600"},
        "document": {"document_id": document.pk, "doc_id": document.pk, "pk": document.pk},
        "file": {"token": document.token, "filename": document.filename},
        "unlisted-file": {"token": unlisted.token, "filename": unlisted.filename},
        "rendition": {"name": rendition},
        "report": {"year": str(_report(home)), "form": "csv"},
        "compare": {"args": [live.pk, "earliest", "live"]},
        "collection": dict.fromkeys(("pk", "collection_id"), Collection.get_first_root_node().pk),
        "row": {"key": "destitute-review"},
        "site": {"pk": Site.objects.get(is_default_site=True).pk},
    }


def _report(home: HomePage) -> int:
    """The year of a public annual report."""
    index = AnnualReportIndexPage.objects.child_of(home).get()
    add_live(index, AnnualReportPage(title="2024", year=2024, locale=index.locale))
    return 2024


def _notice(section: SectionPage, slug: str, body: str) -> NoticePage:
    return NoticePage(
        title=slug, slug=slug, body=body, issuer="明河区民政局", signed_on="2026-03-02",
        live=slug == "live", locale=section.locale,
    )  # fmt: skip


def _page(page: NoticePage) -> dict[str, Any]:
    page.save_revision()
    revision = page.latest_revision.pk
    keys = ("page_id", "pk", "page_to_move_id", "parent_page_id")
    return {**dict.fromkeys(keys, page.pk), "revision_id": revision}


def _png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (320, 200), "teal").save(file, "PNG")
    return file.getvalue()
