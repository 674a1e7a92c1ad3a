"""Our side: pages of the portal, published by our act, read as strangers read them."""

from __future__ import annotations

from collections.abc import Callable

import django


class OurSide:
    """A portal with the texts as pages of one section."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        from django.core.wsgi import get_wsgi_application

        from tests.bench import publish_page
        from tests.bench.peers.corpus import texts
        from tests.bench.peers.side import PAGES

        self.texts = texts(PAGES)
        self.section = publish_page.section()
        pages = [publish_page.live(self.section, text) for text in self.texts]
        self.addresses = [page.get_url() for page in pages]
        self.application = get_wsgi_application()

    def change(self, turn: int) -> Callable[[], None]:
        from tests.bench import publish_page

        return publish_page.change(self.section, self.texts[turn % len(self.texts)], turn)


def main() -> None:
    django.setup()
    from tests import databases
    from tests.bench.ground import own_database
    from tests.bench.peers.side import serve

    with own_database(databases.migrated_template()):
        serve(OurSide())


if __name__ == "__main__":
    main()
