"""Guides, collections, profile and disclosure platform: what readers find there, in both languages."""

import json
import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Locale

from portal.attachments.images import PortalImage
from portal.pages import catalogue_socket
from portal.pages.collection import CollectionPage
from portal.pages.disclosure import DisclosurePage, DisclosureTextPage
from portal.pages.guide import GuideIndexPage
from portal.pages.profile import LeaderPage, ProfilePage
from portal.pages.seed import CHINESE, ENGLISH, add_live, translated
from relief.errors import Blocked
from relief.officers.models import Role
from tests.factories.district import make_district
from tests.factories.pages import seeded
from tests.factories.texts import taken_down
from tests.portal.cms.staff import signed_in
from tests.portal.pages.reports import add_report
from tests.portal.pages.service import below, guide, section

SEEDED = ("/guides/", "/disclosure/", "/profile/", "/annual-reports/", "/sitemap/")


@pytest.fixture
def homes(db, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return seeded()


def english() -> Locale:
    return Locale.objects.get(language_code=ENGLISH)


def get(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_fixed_page_is_seeded_in_both_languages_and_linked_from_the_footer(homes):
    home = get("/")
    for address in SEEDED:
        assert f'href="{address}"' in home
        get(address), get(f"/en{address}")
    for page_type in (GuideIndexPage, DisclosurePage, ProfilePage):
        assert all(page.is_fixed for page in page_type.objects.all())


def test_a_guide_says_all_that_an_applicant_needs(homes):
    page = guide(homes)
    text = get("/guides/guarantee/")
    said = """
        收入低于标准的家庭 户口簿 受理 3个工作日 街道办事处 区民政局 30个工作日 受理之日
        可以拨打监督电话 不收费 示例路1号 tel:0400-000-0000
        行政复议 租房可以吗 《社会救助暂行办法》第九条 MH-BS-01
    """
    for words in said.split():
        assert words in text, words
    assert 'href="/notices/"' in text and "申请表" in text
    assert 'class="cap-checklist"' in text  # boxes to tick, on paper too
    assert page.publish_obstacles() == []
    assert "暂停办理" not in text and "申请低保" in get("/guides/")


def test_guides_and_reports_end_with_what_is_needed_to_share_and_print_them(homes):
    guide(homes)
    add_report(homes)
    for path in ("/guides/guarantee/", "/annual-reports/2025/"):
        for address in (path, f"/en{path}"):
            shared = BeautifulSoup(get(address), "html.parser").find(class_="cap-share")
            assert shared.find("svg") and shared.find(class_="cap-code").text.endswith(path)


def test_structured_data_is_inert_and_says_the_same(homes):
    question = {"question": "</script>可以吗？", "answer": "<p>可以</p>"}
    guide(homes, faq=[("question", question)])
    text = get("/guides/guarantee/")
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    service, questions = (json.loads(block) for block in blocks)
    assert (service["@type"], service["name"], service["isAccessibleForFree"]) == (
        "GovernmentService", "申请低保", True)  # fmt: skip
    assert service["availableChannel"][0]["servicePhone"]["telephone"] == "0400-000-0000"
    assert questions["mainEntity"][0]["name"] == "</script>可以吗？"
    assert questions["mainEntity"][0]["acceptedAnswer"]["text"] == "可以"
    assert text.count("<script") == 2 + text.count("<script src=")


def test_a_suspended_matter_says_so_in_both_languages_and_what_to_do_instead(homes):
    page = guide(homes, suspended=True, suspended_words="系统升级至11月30日。", alternative="请到窗口办理。")
    words = {"title": "Apply", "suspended": False, "suspended_words": "Until 30 November.",
             "alternative": "Come to the counter."}  # fmt: skip
    translated(page, words, english())
    for address in ("/guides/", "/guides/guarantee/"):
        assert "暂停办理" in get(address)
    assert "系统升级至11月30日" in get("/guides/guarantee/")
    text = get("/en/guides/guarantee/")
    assert "Until 30 November." in text and "Come to the counter." in text
    assert "suspended" in get("/en/guides/")


def test_what_a_guide_leaves_out_stops_its_publishing(homes):
    with pytest.raises(Blocked) as refused:
        guide(homes, who="", papers=[], steps=[], decides="", limit="", places=[], remedy="", basis=[])
    assert len(refused.value.reasons) == 8


def test_a_collection_shows_its_groups_in_order_and_hides_the_empty_ones(homes):
    page, draft = guide(homes), guide(homes, slug="draft", title="草稿")
    translated(page, {"title": "Apply for the guarantee"}, english())
    taken_down(draft)
    groups = [{"title": "怎么办", "text": "", "pages": [page, section(homes)]},
              {"title": "空的一组", "text": "", "pages": [draft]},
              {"title": "先看这里", "text": "", "pages": [section(homes)]}]  # fmt: skip
    one = CollectionPage(title="低保专题", slug="about-guarantee", groups=[("group", g) for g in groups],
                         locale=homes[CHINESE].locale)  # fmt: skip
    add_live(homes[CHINESE], one)
    translated(one, {"title": "All about the guarantee"}, english())
    text = get("/about-guarantee/")
    assert text.index("怎么办") < text.index("申请低保") < text.index("先看这里")
    assert "空的一组" not in text and "草稿" not in text
    other = get("/en/about-guarantee/")
    assert 'href="/en/guides/guarantee/"' in other and "Apply for the guarantee" in other
    assert "/about-guarantee/" in get("/sitemap/")


def test_leaders_have_a_photo_in_words(homes):
    drawn = BytesIO()
    Image.new("RGB", (400, 500), "navy").save(drawn, "PNG")
    photo = PortalImage.objects.create(title="照片", file=ContentFile(drawn.getvalue(), name="x.png"))
    words = {"title": "郁怀远", "slug": "director", "position": "局长", "duties": "<p>主持全面工作。</p>"}
    with pytest.raises(ValidationError) as refused:
        below(homes, ProfilePage, LeaderPage(**words, photo=photo))
    assert "photo_alt" in refused.value.message_dict
    leader = below(homes, ProfilePage, LeaderPage(**words, photo=photo, photo_alt="郁怀远半身照"))
    translated(leader, {"title": "Yu Huaiyuan", "position": "Director", "photo": None,
                        "photo_alt": "Portrait of Yu Huaiyuan"}, english())  # fmt: skip
    assert 'alt="郁怀远半身照"' in get("/profile/director/")
    text = get("/en/profile/director/")
    assert 'alt="Portrait of Yu Huaiyuan"' in text and "/media/images/" in text
    assert "局长" in get("/profile/") and "Director" in get("/en/profile/")


def test_the_platform_has_its_four_parts(homes, monkeypatch):
    add_report(homes, 2024)
    empty = get("/disclosure/")
    parts = ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报"]
    places = [empty.index(f">{part}</h2>") for part in parts]
    assert places == sorted(places)
    assert "尚未公布" in empty and 'href="/annual-reports/2024/"' in empty
    with pytest.raises(ValidationError):
        below(homes, DisclosurePage, DisclosureTextPage(title="其他", slug="other"))
    text = below(homes, DisclosurePage, DisclosureTextPage(title="公开指南全文", slug="guide"))
    assert text.is_fixed
    assert 'href="/disclosure/guide/"' in get("/disclosure/")
    get("/disclosure/guide/")
    monkeypatch.setattr(catalogue_socket, "_FILL", [])
    catalogue_socket.register_catalogue(
        lambda request, page: {"template": "components/empty.html", "page": page.slug}
    )
    assert 'class="cap-empty"' in get("/disclosure/")


def test_few_questions_to_the_database(homes, django_assert_max_num_queries):
    # what a file costs is counted where files are kept
    pages = [guide(homes, forms=[]), guide(homes, slug="second", title="第二项", forms=[])]
    leader = LeaderPage(title="某", slug="x", position="局长", duties="<p>a</p>")
    pages.append(below(homes, ProfilePage, leader))
    pages.append(below(homes, DisclosurePage, DisclosureTextPage(title="指南", slug="guide")))
    pages.append(add_report(homes))
    for page in pages:
        translated(page, {"title": f"English {page.slug}"}, english())
    get("/"), get("/en/")  # where the trees of the site begin is remembered
    for path in ("/guides/", "/guides/guarantee/", "/disclosure/", "/profile/", "/profile/x/"):
        for address in (path, f"/en{path}"):
            with django_assert_max_num_queries(15, info=address):
                get(address)


def test_editors_find_a_form_for_each_type(homes):
    client = signed_in(make_district().officer(Role.EDITOR))
    parents = {
        "guidepage": GuideIndexPage, "leaderpage": ProfilePage, "disclosuretextpage": DisclosurePage,
    }  # fmt: skip
    for name, parent in parents.items():
        at = parent.objects.child_of(homes[CHINESE]).get().pk
        assert client.get(reverse("wagtailadmin_pages:add", args=["portal", name, at])).status_code == 200
    home = homes[CHINESE].pk
    add = reverse("wagtailadmin_pages:add", args=["portal", "collectionpage", home])
    assert client.get(add).status_code == 200
