"""Our side: policies of the portal, published by our act, read as strangers read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.bench.publish_page import Change


class OurSide:
    """A portal with the texts as policies."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        from portal.wsgi import application
        from tests.bench.peers.corpus import texts
        from tests.bench.peers.side import PAGES
        from tests.bench.publish_page import Desk

        self.desk = Desk.opened()
        pages = [self.desk.live(text) for text in texts(PAGES)]
        self.pages = [page.pk for page in pages]
        self.addresses = [page.get_url() for page in pages]
        self.application = application

    def change(self, turn: int) -> Change:
        from tests.bench.publish_page import Change

        return Change(self.desk, self.pages[turn % len(self.pages)], turn)


def main() -> None:
    django.setup()
    from tests import databases
    from tests.bench.ground import own_database
    from tests.bench.peers.side import serve

    with own_database(databases.migrated_template()):
        serve(OurSide())


if __name__ == "__main__":
    main()
