"""The stock side: edit and publish as Wagtail's editing screen does, read as its pages are served."""

from __future__ import annotations

import os
from datetime import date, timedelta
from tempfile import TemporaryDirectory
from typing import Any

import django


class StockSide:
    """A stock site with the texts as news pages of one section."""

    host = "testserver"

    def __init__(self) -> None:
        from django.contrib.auth import get_user_model
        from django.core.management import call_command
        from django.core.wsgi import get_wsgi_application

        from tests.bench.peers.corpus import texts
        from tests.bench.peers.side import PAGES
        from tests.stock.models import ArticlePage, IndexPage
        from tests.stock.seed import seed

        call_command("migrate", verbosity=0, interactive=False)
        home = seed()
        self.user = get_user_model().objects.get(username="publisher")
        news = home.add_child(instance=IndexPage(title="新闻", slug="news", show_in_menus=True))
        home.add_child(instance=IndexPage(title="公开文件", slug="pages", show_in_menus=True))
        self.pages = []
        for number, text in enumerate(texts(PAGES)):
            words = {"title": text.title, "slug": text.slug, "summary": text.summary, "body": text.html}
            page = ArticlePage(date=date(2026, 1, 1) + timedelta(days=number), **words)
            news.add_child(instance=page)
            page.save_revision().publish()
            self.pages.append(page.pk)
        self.addresses = [page.get_url() for page in ArticlePage.objects.all()]
        self.application = get_wsgi_application()

    def change(self, turn: int) -> Change:
        from wagtail.models import Page

        page = Page.objects.get(pk=self.pages[turn % len(self.pages)]).get_latest_revision_as_object()
        page.body += f"<p>第{turn}次修改。</p>"
        return Change(page, self.user)


class Change:
    """One more sentence in the newest version, saved and published as the screen's button does."""

    def __init__(self, page: Any, user: Any) -> None:
        self.page, self.user = page, user
        self.revision: Any = None

    def save(self) -> None:
        self.revision = self.page.save_revision(user=self.user, log_action=True)

    def review(self) -> None:
        """Nobody has to look."""

    def publish(self) -> None:
        from wagtail.actions.publish_page_revision import PublishPageRevisionAction

        PublishPageRevisionAction(self.revision, user=self.user).execute(skip_permission_checks=True)


def main() -> None:
    with TemporaryDirectory() as folder:
        os.environ |= {"STOCK_FOLDER": folder}
        django.setup()
        from tests.bench.peers.side import serve

        serve(StockSide())


if __name__ == "__main__":
    main()
