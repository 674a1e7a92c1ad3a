"""The pages that every site has, in both languages. Run again, it leaves what is there as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from portal.cms.groups import give_pages, set_rights
from portal.pages.base import PortalPage
from portal.pages.leaf import Leaf
from portal.pages.models import AnnouncementIndexPage, HomePage, PublicityIndexPage, SectionPage
from portal.pages.sections import InterpretationSection, PolicySection
from portal.pages.seed_service import SERVICE
from portal.publishing import act
from portal.publishing.drafts import adopt, publish_at_set_up
from portal.publishing.task import ensure_workflows

CHINESE, ENGLISH = "zh-hans", "en"


HOME = Leaf(
    HomePage,
    "home",
    {
        "title": "首页",
        "summary": "社会救助阳光公开：哪些家庭正在公示、批准了哪些、依据是什么，都可以在这里查到、提出意见。",
    },
    {
        "title": "Home",
        "summary": "Social relief in the open: which households are on a public list, which were "
        "approved and by "
        "what rule. Look it up here, and object.",
    },
)
SECTIONS = (
    Leaf(
        PublicityIndexPage,
        "publicity",
        {
            "title": "批前公示",
            "summary": "街道初审后、区民政局审批前的拟保障家庭名单。公示期内，任何人都可以提出意见。",
            "intro": "<p>街道办事处完成初审后，把拟保障家庭的名单在本网站和户籍所在社区的公告栏同时公示。"
            ""
            "公示期内收到异议的，重新调查核实后再作决定。公示期满，网站不再显示姓名。</p>",
            "help_text": "<p>认为名单中的家庭不符合条件、信息有误或者有家庭漏报的，可以拨打救助热线，"
            "也可以到街道、社区救助窗口当面反映。可以实名，也可以匿名；反映人的身份受到保护。</p>",
        },
        {
            "title": "Lists before approval",
            "summary": "Households that a street proposes and the district has not yet decided on. "
            "Anyone may "
            "object while a list runs.",
            "intro": "<p>When the street office has finished its review, the households it proposes "
            "are listed on "
            "this website and on the bulletin board of their community. Objections within the period "
            "lead to a new "
            "survey. When the period is over, this website shows no names.</p>",
            "help_text": "<p>If a household on a list does not qualify, if something is wrong or if "
            "somebody was "
            "left out, call the relief hotline or come to the relief counter of your street or "
            "community. You may "
            "give your name or stay anonymous; who responds is protected.</p>",
        },
    ),
    Leaf(
        AnnouncementIndexPage,
        "announcements",
        {
            "title": "批后公告",
            "summary": "区民政局审核确认给予最低生活保障的家庭名单。",
            "intro": "<p>区民政局审核确认后，把决定给予保障的家庭予以公告，从作出决定的次月起发放救助金。"
            "</p>",
            "help_text": "<p>对已获批准的家庭有异议的，可以拨打救助热线反映。</p>",
        },
        {
            "title": "Announcements",
            "summary": "Households to which the district civil affairs bureau has granted the "
            "minimum living "
            "guarantee.",
            "intro": "<p>After its decision the district announces the households that were "
            "approved. Payment "
            "begins in the month after the decision.</p>",
            "help_text": "<p>If you think that an approved household does not qualify, call the "
            "relief hotline.</p>",
        },
    ),
    Leaf(
        PolicySection,
        "policies",
        {
            "title": "政策法规",
            "summary": "社会救助的法规、规章和规范性文件，标明是否有效，以及由哪份文件修改或者废止。",
        },
        {
            "title": "Policies",
            "summary": "The rules of social relief: whether they hold, and what amended or repealed them.",
        },
    ),
    Leaf(
        InterpretationSection,
        "interpretations",
        {
            "title": "政策解读",
            "summary": "用通俗的话说明政策：给谁、给多少、从什么时候起。",
        },
        {
            "title": "Interpretations",
            "summary": "Policies in plain words: who gets how much, and from when.",
        },
    ),
    Leaf(
        SectionPage,
        "notices",
        {
            "title": "通知公告",
            "summary": "救助标准、办理安排和监督渠道的通知。",
        },
        {
            "title": "Notices",
            "summary": "Notices on relief standards, on how and when to apply and on how to complain.",
        },
    ),
    *SERVICE,
)


@transaction.atomic
def seed_site(words: Mapping[str, Mapping[str, dict[str, Any]]] | None = None) -> dict[str, HomePage]:
    """Locales, home pages, index pages, sections, groups and their rights. Home pages by language.

    `words` are more columns of new pages, by slug and language.
    """
    more = words or {}
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in (CHINESE, ENGLISH)}
    set_rights()
    ensure_workflows()
    for page in Page.objects.filter(live=True, depth__gte=2).specific():
        if isinstance(page, PortalPage):
            adopt(page)  # live before there was a record of what is public
    home = HomePage.objects.filter(locale=locales[CHINESE], depth=2).first() or _first_home(locales[CHINESE])
    english = translated(home, HOME.en, locales[ENGLISH])
    for leaf in SECTIONS:
        page = leaf.page_type.objects.child_of(home).filter(slug=leaf.slug).first()
        if page is None:
            page = leaf.page_type(slug=leaf.slug, locale=home.locale, show_in_menus=True, **leaf.zh)
            for name, value in more.get(leaf.slug, {}).get(CHINESE, {}).items():
                setattr(page, name, value)
            add_live(home, page)
        translated(page, leaf.en | more.get(leaf.slug, {}).get(ENGLISH, {}), locales[ENGLISH])
    homes = {CHINESE: home, ENGLISH: english}
    give_pages(homes.values())
    return homes


@transaction.atomic
def add_live(parent: Page, page: PortalPage) -> None:
    """Put a page under `parent` and publish its first version, as the set-up of a site does."""
    page.live = False
    parent.add_child(instance=page)
    publish_at_set_up(page)
    page.refresh_from_db()


def translated(page: PortalPage, words: dict[str, Any], locale: Locale) -> Any:
    """The live twin of `page` in another language, made when there is none."""
    twin = page.get_translation_or_none(locale)
    if twin is None:
        twin = page.copy_for_translation(locale)
        for name, value in words.items():
            setattr(twin, name, value)
        twin.first_published_at = page.first_published_at
        twin.save()
        publish_at_set_up(twin)
        twin.refresh_from_db()
    return twin


def _first_home(locale: Locale) -> HomePage:
    root = Page.get_first_root_node()
    home = HomePage(slug="main", locale=locale, **HOME.zh)
    add_live(root, home)
    lead_site_to(home)
    with act.opened():
        Page.objects.child_of(root).exact_type(Page).delete()  # Wagtail's welcome page
    return HomePage.objects.get(pk=home.pk)


def lead_site_to(home: Page) -> None:
    """The site begins at this page, under the public address of the settings."""
    address = urlsplit(settings.PUBLIC_BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page = address.hostname or "localhost", port, home
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.save()
