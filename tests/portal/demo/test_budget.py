"""What every public page of the demo asks of the database: fifteen queries at most."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

MOST = 15


def test_every_page_of_the_demo_is_read_in_fifteen_queries(scratch_demo):
    client, asked, addresses = Client(), {}, public_addresses()
    assert len(addresses) > 60
    for address in addresses:
        client.get(address)  # what a process keeps is kept
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code != 302:  # the translation has an address of its own
            assert answer.status_code == 200, address
            asked[address] = len(queries)
    assert {address: count for address, count in asked.items() if count > MOST} == {}


def public_addresses() -> list[str]:
    """The pages of the tree, at both their addresses, and the check of the catalogue."""
    pages = [url for page in Page.objects.live().filter(depth__gt=1) if (url := page.get_url())]
    english = [f"/en{url}" for url in pages if not url.startswith("/en/")]
    return [*pages, *english, "/disclosure/check/", "/en/disclosure/check/"]
