"""The site's index pages in both languages, bare: what the lists' own pages need around them."""

from __future__ import annotations

from wagtail.models import Locale, Page, Site

from portal.pages.models import AnnouncementIndexPage, HomePage, PublicityIndexPage
from portal.pages.seed import seed_site
from portal.publishing import act
from tests.factories.kept import kept

#: the pages that every site has, made once and replayed
seeded = kept(seed_site)

TITLES = {
    "zh-hans": ("首页", "批前公示", "批后公告"),
    "en": ("Home", "Lists before approval", "Announcements"),
}


def make_pages() -> HomePage:
    """Home and the two index pages; returns the Chinese home."""
    root = Page.get_first_root_node()
    homes: dict[str, HomePage] = {}
    for language, (home_title, lists, announcements) in TITLES.items():
        locale, _made = Locale.objects.get_or_create(language_code=language)
        home = HomePage(title=home_title, slug=f"site-{language}", locale=locale)
        if homes:
            home.translation_key = homes["zh-hans"].translation_key
        with act.opened():  # bare rows: nothing here asks for their publication
            root.add_child(instance=home)
            _add_indexes(home, lists, announcements, locale)
        homes[language] = home
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=homes["zh-hans"], is_default_site=True)
    return homes["zh-hans"]


def _add_indexes(home: HomePage, lists: str, announcements: str, locale: Locale) -> None:
    home.add_child(
        instance=PublicityIndexPage(
            title=lists,
            slug="publicity",
            locale=locale,
            intro="<p>intro-words</p>",
            help_text="<p>help-words</p>",
        )
    )
    home.add_child(instance=AnnouncementIndexPage(title=announcements, slug="announcements", locale=locale))
