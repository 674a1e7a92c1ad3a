"""Traps 9 to 16: what stays public, links, addresses, privacy, accounts, forms, settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.utils import timezone
from wagtail.models import Page

from tests.traps.ground import Ground, Wish, answer, ask, bulk, reads, there, tried


def nothing_stays_public_by_accident(ground: Ground) -> Iterator[Wish]:
    """Trap 9: what hangs below a page taken offline stays public; what has ended is shown as if it held."""
    section = ground.section("closing")
    child = ground.live(section, "child", "<p>下级文本</p>")
    assert child.get_url() in answer("/sitemap.xml").content.decode()
    tried(ground, ground.take_offline, section)
    offline = not ground.is_public(section)
    yield "no page stays public below a section that isn't", not (offline and reads(child, "下级文本"))
    named = child.get_url() in answer("/sitemap.xml").content.decode()
    yield "nor does the sitemap name it", not (offline and named)

    tomorrow = timezone.now().replace(second=0, microsecond=0) + timedelta(days=1)
    ending = ground.ending(ground.section("ending"), "ending", "<p>至月底有效</p>", tomorrow)
    before = answer(ending.get_url())
    assert before.status_code == 200
    with ground.later(tomorrow + timedelta(minutes=1)):
        after = answer(ending.get_url())
    held = (after.status_code, after.content) != (before.status_code, before.content)
    yield "a page whose time is over is not shown as if it held, whether or not a command ran", held


def links_are_known_and_kept(ground: Ground) -> Iterator[Wish]:
    """Trap 10: the reference index knows neither typed addresses nor drafts; links die with their target."""
    section = ground.section("links")
    target, gone = ground.live(section, "target", "<p>目标</p>"), ground.live(section, "gone", "<p>目标</p>")
    ground.live(section, "typed", f'<p><a href="{target.get_url()}">见目标</a></p>')
    ground.live(section, "chosen", f'<p><a linktype="page" id="{target.pk}">见目标</a></p>')
    drafted = ground.live(section, "drafted", "<p>暂无链接</p>")
    ground.save(drafted, f'<p><a linktype="page" id="{target.pk}">见目标</a></p>', "editor")
    linking = ground.live(section, "linking", f'<p><a linktype="page" id="{gone.pk}">见目标</a></p>')
    named = ground.links_to(target)
    assert "title of chosen" in named
    yield "a typed address counts as a link", "title of typed" in named
    yield "a link in a draft counts", "title of drafted" in named

    address = target.get_url()
    ground.take_offline(target)
    yield "a link to what was taken offline leads to words about it", answer(address).status_code == 200
    ask(ground, "publisher", gone, "delete/")
    text = answer(linking.get_url()).content.decode()
    assert "见目标" in text
    whole = re.search(r"<a [^>]*href=[^>]*>\s*见目标", text) is not None
    yield "a link keeps its address whatever befalls its target", whole


def addresses_last(ground: Ground) -> Iterator[Wish]:
    """Trap 11: redirects are made only for what is live just then, die with their page and shadow others."""
    section = ground.section("old")
    child = ground.live(section, "child", "<p>下级文本</p>")
    first = child.get_url()
    ground.take_offline(child)
    tried(ground, ground.rename, section, "new")
    tried(ground, ground.publish_again, Page.objects.get(pk=child.pk))
    yield "an address that was public answers, whatever was moved meanwhile", answers(first)

    page = ground.live(ground.section("deleting"), "first", "<p>文本</p>")
    first = page.get_url()
    tried(ground, ground.rename, page, "second")
    assert answers(first)
    ask(ground, "publisher", page, "delete/")
    yield "also when the page was deleted", answers(first)

    shared = ground.section("sharing")
    page = ground.live(shared, "wanted", "<p>前者</p>")
    first = page.get_url()
    tried(ground, ground.rename, page, "other")
    tried(ground, reuse, ground, shared, "wanted")
    reply = answer(first)
    yield "nobody is sent for good to another page than was there", reply.status_code not in (301, 308)


def answers(address: str) -> bool:
    """Whether an address says something: the page, words about it or the way to it."""
    return answer(address).status_code in (200, 301, 302, 308)


def reuse(ground: Ground, section: Page, slug: str) -> None:
    """A second page takes an address that was given up, and is taken offline in its turn."""
    second = ground.live(section, slug, "<p>后者</p>")
    ground.take_offline(second)


def what_is_private_is_not_found(ground: Ground) -> Iterator[Wish]:
    """Trap 12: search by `live()` names private pages."""
    page = ground.live(ground.section("inner"), "internal", "<p>内部文本</p>")
    assert "title of internal" in ground.search("internal")
    ground.make_private(page)
    assert not reads(page, "内部文本")
    yield (
        "search doesn't name what a stranger may not read",
        "title of internal" not in ground.search("internal"),
    )


def accounts_make_no_superuser(ground: Ground) -> Iterator[Wish]:
    """Trap 13: whoever keeps accounts makes superusers, or takes over one."""
    accounts, keeper = get_user_model().objects, ground.client("accounts")
    ground.client("superuser")  # where the site has none, the ground makes one
    known = accounts.filter(is_superuser=True).first()
    before = accounts.filter(is_superuser=True).count()
    address, form = ground.add_account("climber")
    keeper.post(address, form)
    yield "who keeps accounts makes no superuser", accounts.filter(is_superuser=True).count() == before
    address, form = ground.change_account("superuser", "taken-over-2026")
    keeper.post(address, form)
    known.refresh_from_db()
    yield "nor sets a superuser's password", not known.check_password("taken-over-2026")


def stale_forms_are_refused(ground: Ground) -> Iterator[Wish]:
    """Trap 14: a form loaded earlier overwrites what was saved since."""
    page = ground.draft(ground.section("rules"), "policy", "<p>起初</p>")
    old, newer = ground.form(page, "<p>迟到表单</p>"), ground.form(page, "<p>先存文本</p>")
    ask(ground, "editor2", page, "edit/", **newer)
    assert "先存文本" in ground.newest(page)
    reply = ask(ground, "editor", page, "edit/", **old)
    yield "an older form is not saved over the newest version", "先存文本" in ground.newest(page)
    reply = ground.client("editor").get(reply.url) if reply.status_code == 302 else reply
    words = words_of(reply)
    yield "its sender is shown both texts", "迟到表单" in words and "先存文本" in words


def words_of(reply: HttpResponse) -> str:
    """The page's words without tags, also those that stand escaped in a script's data."""
    text = re.sub(r"<[^>]+>", "", reply.content.decode())
    return re.sub(r"\\+u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


def incomplete_texts_are_refused(ground: Ground) -> Iterator[Wish]:
    """Trap 15: a draft may lack what a public page must have; publishing it in bulk is a crash."""
    page = ground.incomplete(ground.section("rules"), "unfinished")
    assert there(page)
    reply = bulk(ground, "publisher", "publish", page)
    yield "publishing an incomplete page is refused in words, not a crash", reply.status_code < 500
    assert not reads(page, "unfinished")


def settings_and_twins_follow(ground: Ground) -> Iterator[Wish]:
    """Trap 16: the log of settings is empty; a translation outlives its source."""
    changed = ground.change_hotline("0400-000-0001") and ground.change_hotline("0400-000-0002")
    told = ground.told_of_settings() if changed else ""
    logged = "0001" in told and "0002" in told
    yield "no setting is changed but it is logged with what it was and what it is", not changed or logged

    page = ground.live(ground.section("rules"), "policy", "<p>原文</p>")
    twin = ground.translation(page)
    address = twin.get_url()
    before = answer(address)
    assert before.status_code == 200
    ground.take_offline(page)
    after = answer(address)
    held = (after.status_code, after.content) != (before.status_code, before.content)
    yield "a translation isn't shown as before when its source was taken offline", held
