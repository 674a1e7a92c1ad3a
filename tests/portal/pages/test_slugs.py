"""Addresses made from titles: pinyin, short, free; and fixed once they were public."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision

from portal.pages.forms import why_frozen
from portal.pages.models import NoticePage
from portal.pages.slugs import slug_of
from portal.publishing import act
from portal.publishing.addresses import LONGEST, free_slug, shortened
from relief.errors import Blocked, NotAllowed
from tests.factories.texts import Newsroom, make_newsroom, taken_down
from tests.portal.cms.staff import signed_in
from tests.portal.cms.test_publishing_screens import RICH


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("关于低保标准的通知", "guan-yu-di-bao-biao-zhun-de-tong-zhi"),
        ("2026年“绿色通道”（第2期）", "2026-nian-lv-se-tong-dao-di-2-qi"),
        ("Café relief — FAQ", "cafe-relief-faq"),
        ("重庆来信", "chong-qing-lai-xin"),
        ("城乡\u00ad低保", "cheng-xiang-di-bao"),
    ],
)
def test_a_title_is_read_by_syllable(title, slug):
    assert slug_of(title) == slug


def test_long_titles_end_with_a_whole_syllable_and_signs_alone_get_a_dated_address():
    long = slug_of("关于进一步规范和完善全区城乡居民最低生活保障审核确认工作有关事项的通知")
    assert len(long) <= LONGEST and not long.endswith("-")
    assert long.endswith("-cheng-xiang-ju")  # the next one, min, is whole or not there
    assert shortened("a" * 80) == "a" * LONGEST
    assert slug_of("——！").split("-")[0].isdigit()


def test_pages_made_in_code_get_their_address_with_a_number_beside_their_like(room):
    slugs = [room.draft("").slug for _time in range(3)]
    assert slugs == [f"guan-yu-dong-ji-qu-nuan-bu-zhu-de-tong-zhi{more}" for more in ("", "-2", "-3")]


def test_an_empty_field_is_filled_in_and_a_taken_address_told_with_whose_it_is(room):
    room.draft("heating", title="占用者")
    client = signed_in(room.writer)
    add = reverse("wagtailadmin_pages:add", args=["portal", "noticepage", room.section.pk])
    form = {
        "title": "关于换季的通知", "slug": "", "body": RICH % "换季。", "issuer": "明河区民政局",
        "signed_on": "2026-11-02", "change_kind": "substantive", "blocks-count": "0",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    told = client.post(add, {**form, "slug": "heating"}).context["form"].errors["slug"]
    assert len(told) == 1 and "占用者" in told[0]
    assert client.post(add, form).status_code == 302
    assert NoticePage.objects.get(title=form["title"]).slug == "guan-yu-huan-ji-de-tong-zhi"
    assert "w-sync#apply" not in client.get(add).content.decode()  # the browser writes no address of its own


def test_no_page_takes_the_place_of_another_part_of_the_site_or_of_an_old_address(room):
    home = room.homes["zh-hans"]
    assert free_slug("verify", home) == "verify-2"
    with act.opened():
        Redirect.objects.create(old_path="/notices/old", redirect_page=room.section)
    with pytest.raises(ValidationError) as told:
        room.draft("old")
    assert room.section.title in told.value.message_dict["slug"][0]
    assert free_slug("old", room.section, room.section) == "old"  # its own it may have back


def test_two_drafts_with_one_address_the_second_is_told_when_it_is_handed_in(room):
    first, second = room.draft("first"), room.draft("second")
    first, second = (room.edited(page, slug="wanted") for page in (first, second))
    room.published(first)
    with pytest.raises(Blocked) as refused:
        room.handed_in(second)
    assert [reason.code for reason in refused.value.reasons] == ["address-taken"]
    assert first.title in str(refused.value.reasons[0])


def test_the_form_of_a_page_that_was_public_shows_its_address_read_only_and_says_why(room):
    live = room.published()
    field = signed_in(room.writer).get(reverse("wagtailadmin_pages:edit", args=[live.pk]))
    slug = field.context["form"].fields["slug"]
    assert slug.disabled and str(slug.help_text) == why_frozen(live)
    assert (
        not signed_in(room.writer)
        .get(reverse("wagtailadmin_pages:edit", args=[room.draft("draft").pk]))
        .context["form"]
        .fields["slug"]
        .disabled
    )


def test_an_address_that_was_public_changes_by_no_version_and_no_save_not_even_offline(room):
    live = room.published()
    with pytest.raises(NotAllowed):
        room.edited(live, slug="other")
    content = {**live.latest_revision.content, "slug": "other"}
    assert live.with_content_json(content).slug == "heating"
    taken_down(live)
    offline = Page.objects.get(pk=live.pk)
    offline.slug = "other"
    for columns in (None, ["slug"]):
        with pytest.raises(NotAllowed):
            offline.save(update_fields=columns)
    assert not Revision.objects.filter(content__slug="other").exists()
    assert Page.objects.get(pk=live.pk).slug == "heating"
