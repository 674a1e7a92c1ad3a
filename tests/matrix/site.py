"""What editors have made by then: pages live, in draft, in review and planned, a picture, a document."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection, Site

from portal.attachments.images import PortalImage
from portal.attachments.models import PortalDocument
from portal.notifying.models import NotificationRule
from portal.notifying.verbs import seed_rules
from portal.pages.models import HomePage, NoticePage, SectionPage
from portal.pages.seed import add_live
from portal.publishing.missing import note
from portal.publishing.models import MissingAddress, PageRecord, Plan
from portal.publishing.share import check_draft, share, token_of
from relief.officers.appoint import appoint_to_section
from relief.officers.models import Appointment, Role
from relief.places.set_up import SETUP
from relief.trail import clock
from search.models import SynonymGroup
from search.synonym_verbs import seed_synonyms
from tests.factories.district import District
from tests.factories.texts import Newsroom
from tests.portal.pages.reports import add_report

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
    # nothing of this kind exists, or nobody gets there: redirects and uploads are not in use
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


def editors_things(district: District, homes: dict[str, HomePage]) -> dict[str, dict[str, Any]]:
    """By name, the values for the parameters of Wagtail's addresses and ours."""
    home = homes["zh-hans"]
    seed_rules(by=SETUP)
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
        "report": {"year": str(add_report(homes).year), "form": "csv"},
        "compare": {"args": [live.pk, "earliest", "live"]},
        "collection": dict.fromkeys(("pk", "collection_id"), Collection.get_first_root_node().pk),
        "row": {"key": "destitute-review"},
        "twin": {"page_id": homes["en"].pk},
        "site": {"pk": Site.objects.get(is_default_site=True).pk},
        "appointment": {"appointment_id": _appointment(district, section).pk},
        "rule": {"rule_id": NotificationRule.objects.order_by("pk").first().pk},
        "synonyms": {"group_id": _synonyms().pk},
        "missing": {"missing_id": _missed().pk},
        "history": {"code": PageRecord.objects.get(page_id=live.pk).code},
        **_on_their_way(Newsroom(district, homes)),
        **_shared(Newsroom(district, homes), unlisted),
    }


def _appointment(district: District, section: SectionPage) -> Appointment:
    """Somebody who releases no text writes in one section."""
    helper, key = district.officer(Role.DISTRICT_LEADER), section.translation_key
    since = clock.today() + timedelta(days=30)
    return appoint_to_section(helper, role=Role.EDITOR, section=key, from_date=since, by=SETUP)


def _synonyms() -> SynonymGroup:
    """The first of the groups that a site begins with."""
    seed_synonyms(by=SETUP)
    return SynonymGroup.objects.earliest("pk")


def _missed() -> MissingAddress:
    """An address that somebody asked for in vain."""
    note("/old/dibao.html", "")
    return MissingAddress.objects.get()


def _on_their_way(room: Newsroom) -> dict[str, dict[str, Any]]:
    """A text in review, one whose text waits for its time, one to put back from the bin."""
    reviewed = room.draft("in-review")
    state = reviewed.get_workflow().start(reviewed, user=room.writer.account)
    planned = room.published(room.draft("planned"))
    later = room.edited(planned, title="later", publish_at=clock.now() + timedelta(days=9))
    room.released(room.handed_in(later))
    room.draft("binned").delete()
    task = state.current_task_state
    return {
        "in-review": {
            "page_id": reviewed.pk,
            "task_state_id": task.pk,
            "task_id": task.task_id,
            "workflow_state_id": state.pk,
        },
        "planned": {"page_id": planned.pk},
        "plan": {"plan_id": Plan.objects.get().pk},
    }


def _shared(room: Newsroom, file: PortalDocument) -> dict[str, dict[str, Any]]:
    """A draft with a file that somebody outside holds a link to."""
    page = room.draft("shared", body=f'<p><a linktype="document" id="{file.pk}">下载</a></p>')
    check_draft(page.latest_revision, by=room.writer)
    link = share(page.latest_revision, by=room.writer, for_whom="街道")
    return {
        "shared": {"token": token_of(link), "page_id": page.pk},
        "shared-file": {"token": token_of(link), "file": file.token, "filename": file.filename},
    }


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
