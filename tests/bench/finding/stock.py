"""Stock Wagtail's own search over the same texts, in its own environment: a process that `peer` starts.

Reads `{"texts": [[key, title, body]…], "words": […], "count": 595}` and answers the keys of the first ten of
each query with the milliseconds that it took. Nothing of ours is imported: its environment doesn't hold it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from datetime import date
from tempfile import TemporaryDirectory
from time import perf_counter

import django


def filled(texts: Iterable[list[str]]) -> dict[int, str]:
    """The texts as news pages of one section; their keys by page."""
    from django.core.management import call_command
    from django.db import transaction

    from tests.stock.models import ArticlePage, IndexPage
    from tests.stock.seed import seed

    call_command("migrate", verbosity=0, interactive=False)
    news = seed().add_child(instance=IndexPage(title="新闻", slug="news"))
    made = {}
    with transaction.atomic():
        for number, (key, title, body) in enumerate(texts):
            page = ArticlePage(title=title, slug=f"n{number}", date=date(2026, 1, 1), summary=title)
            page.body = body
            made[news.add_child(instance=page).pk] = key
    return made


def main() -> None:
    asked = json.load(sys.stdin)
    with TemporaryDirectory() as folder:
        os.environ |= {"STOCK_FOLDER": folder}
        django.setup()
        from tests.stock.models import ArticlePage

        keys = filled(asked["texts"])
        answers, times = [], []
        for words in asked["words"]:
            began = perf_counter()
            found = ArticlePage.objects.live().search(words)
            pages = list(found[:10])
            found.count()
            times.append((perf_counter() - began) * 1000)
            answers.append([keys[page.pk] for page in pages])
        json.dump({"answers": answers, "times": times}, sys.stdout)


if __name__ == "__main__":
    main()
