"""Documents and pictures: found by token, public with the page that offers them."""

import re
import uuid
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from portal.attachments.images import PortalImage
from portal.attachments.models import PortalDocument
from portal.pages.models import NoticePage, SectionPage
from portal.pages.seed import add_live
from relief.officers.models import Role
from tests.factories.district import make_district
from tests.factories.pages import seeded
from tests.factories.texts import removed
from tests.portal.cms.staff import signed_in


@pytest.fixture
def section(db, settings, tmp_path) -> SectionPage:
    settings.MEDIA_ROOT = str(tmp_path)
    return SectionPage.objects.child_of(seeded()["zh-hans"]).get(slug="notices")


@pytest.fixture
def document(section) -> PortalDocument:
    return PortalDocument.objects.create(
        title="申请表", file=ContentFile(b"<script>alert(1)</script>", name="申请表.txt")
    )


def notice(section: SectionPage, body: str) -> NoticePage:
    page = NoticePage(title="附件", slug="files", body=body, issuer="明河区民政局", signed_on="2026-11-01",
                      locale=section.locale)  # fmt: skip
    add_live(section, page)
    return page


def link(document: PortalDocument) -> str:
    return f'<p><a linktype="document" id="{document.pk}">下载</a></p>'


def test_a_document_is_public_while_a_live_page_offers_it(section, document):
    assert Client().get(document.url).status_code == 404
    page = notice(section, link(document))
    answer = Client().get(document.url)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-cache"
    removed(page)
    gone = Client().get(document.url)
    assert gone.status_code == 410 and "alert" not in gone.content.decode()


def test_a_private_collection_stays_private(section, document):
    notice(section, link(document))
    document.collection = Collection.get_first_root_node().add_child(name="内部")
    document.save()
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    assert Client().get(document.url).status_code == 404


def test_staff_of_the_cms_open_what_is_not_public_yet(section, document):
    district = make_district()
    answer = signed_in(district.officer(Role.EDITOR)).get(document.url)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert signed_in(district.officer(Role.COMMUNITY_CLERK)).get(document.url).status_code == 404


def test_the_address_carries_no_database_id(section, document):
    assert re.fullmatch(r"/files/[0-9a-f-]{36}/[^/]+", document.url)
    text = Client().get(notice(section, link(document)).url).content.decode()
    assert document.url.split("/")[2] in text
    assert not re.search(r"/(documents|images)/\d+/", text)


@pytest.mark.parametrize("name", ["x.pdf", "..%2F..%2Fmanage.py", "申请表.pdf"])
def test_an_unknown_token_or_name_is_not_found(section, document, name):
    notice(section, link(document))
    assert Client().get(f"/files/{uuid.uuid4()}/{document.filename}").status_code == 404
    assert Client().get(f"/files/{document.token}/{name}").status_code == 404
    assert Client().post(document.url).status_code == 405


def test_pictures_are_shown_in_sizes_under_random_names(section):
    drawn = BytesIO()
    Image.new("RGB", (900, 600), "navy").save(drawn, "PNG")
    picture = PortalImage.objects.create(
        title="照片", file=ContentFile(drawn.getvalue(), name="张三 照片.png")
    )
    assert re.fullmatch(r"originals/[0-9a-f]{32}\.png", picture.file.name)
    body = f'<embed embedtype="image" id="{picture.pk}" format="fullwidth" alt="大厅"/>'
    text = Client().get(notice(section, body).url).content.decode()
    (address,) = re.findall(r'<img[^>]*src="([^"]+)"', text)
    assert re.fullmatch(r"/media/images/[0-9a-f]{32}\.[\w.-]+", address)
    answer = Client().get(address)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/png"
    assert "immutable" in answer.headers["Cache-Control"]
    for closed in (f"/media/{picture.file.name}", "/media/images/..%2Foriginals", "/media/images/x.png"):
        assert Client().get(closed).status_code == 404
