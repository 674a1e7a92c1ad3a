"""What the traps ask of a site, and how a public reader looks at it.

Persons are named by what they do: `editor` writes and submits, `editor2` may edit the same texts, `reviewer`
and `reviewer2` review the section, `publisher` has the widest right over live pages that the site gives to
anybody but them, `superuser` is one, `accounts` keeps accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from typing import Any, Protocol

from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

#: what ought to hold, and whether it does
Wish = tuple[str, bool]
Trap = Callable[["Ground"], Iterator[Wish]]


class Ground(Protocol):
    """One site, freshly made for one trap. Acts that the site refuses raise one of `refusals`."""

    #: where the editors' face begins
    admin: str
    #: what an act raises when the site says no
    refusals: tuple[type[Exception], ...]

    # persons
    def client(self, who: str) -> Client:
        """A browser in which this person is signed in."""

    def add_account(self, name: str) -> tuple[str, dict[str, str]]:
        """Address and form of the screen that makes an account, filled in for a superuser."""

    def change_account(self, who: str, password: str) -> tuple[str, dict[str, str]]:
        """Address and form of the screen that sets this person's password."""

    def remove_account(self, who: str) -> None:
        """Delete the person's account, as far as the site lets anybody."""

    # pages; texts are HTML
    def section(self, slug: str) -> Page:
        """A live section whose pages `reviewer` reviews."""

    def live(self, parent: Page, slug: str, text: str) -> Page:
        """A live page."""

    def draft(self, parent: Page, slug: str, text: str) -> Page:
        """A page that has never been public."""

    def draft_section(self, slug: str) -> Page:
        """A section that has never been public."""

    def incomplete(self, parent: Page, slug: str) -> Page:
        """A draft, saved in the editors' face, that lacks a field which a public page must have."""

    def save(self, page: Page, text: str, who: str) -> None:
        """Save a new text as draft."""

    def form(self, page: Page, text: str) -> dict[str, str]:
        """What the editing screen would post for this text, and the version that it was loaded from."""

    def newest(self, page: Page) -> str:
        """The text of the newest saved version, live or draft."""

    def translation(self, page: Page) -> Page:
        """The live English twin, made now."""

    def lock(self, page: Page) -> None:
        """Lock the page, by `editor`."""

    def make_private(self, page: Page) -> None:
        """Take the page out of the public's sight, still published, by the site's means."""

    def rename(self, page: Page, slug: str) -> None:
        """Give a live page another address."""

    def take_offline(self, page: Page) -> None:
        """End the page's publication: unpublish, or withdraw so that its text is gone."""

    def is_public(self, page: Page) -> bool:
        """Whether the page is published, not taken offline."""

    def publish_again(self, page: Page) -> None:
        """Publish a page that was taken offline."""

    def ending(self, parent: Page, slug: str, text: str, moment: datetime) -> Page:
        """A live page that holds until this moment only."""

    def links_to(self, page: Page) -> str:
        """What the site shows to whoever wants to take the page offline: titles of pages that link to it."""

    # review and publishing
    def submit(self, page: Page, text: str) -> None:
        """Save this text by `editor` and hand it in."""

    def approve(self, page: Page) -> None:
        """Approve what waits, by `reviewer`, so that it becomes live."""

    def in_review(self, page: Page) -> bool:
        """Whether a review of the page is running."""

    def approvals(self, page: Page) -> int:
        """How many approvals of the page's texts are on record."""

    def publish(self, page: Page, text: str) -> None:
        """Bring this text before the public at once by the shortest lawful way."""

    def plan(self, page: Page, text: str, moment: datetime) -> None:
        """Have this text published at a moment to come."""

    def plan_and_submit(self, page: Page, planned: str, text: str, moment: datetime) -> None:
        """Have one text planned and another one in review, in the order that the site allows."""

    def planned(self, page: Page) -> bool:
        """Whether a plan of the page stands."""

    def told_of_failure(self, page: Page) -> bool:
        """Whether a plan's failure is on record."""

    def run_plans(self) -> None:
        """What the server does every few minutes."""

    def later(self, moment: datetime) -> AbstractContextManager[None]:
        """Within this it is that moment."""

    def protected(self, page: Page) -> AbstractContextManager[None]:
        """Within this a rule of the site keeps the page from being deleted."""

    def watched(self) -> AbstractContextManager[list[int]]:
        """Keys of the pages that were published within this, as the site tells whoever watches publishing."""

    # files, settings, search
    def upload(self, name: str, content: bytes) -> Any:
        """A document, uploaded by `editor` and carried by no live page."""

    def file_address(self, document: Any) -> str:
        """Where the document could be read."""

    def replace_file(self, document: Any, content: bytes) -> None:
        """Put a newer file in the document's place."""

    def keeps(self, content: bytes) -> bool:
        """Whether a file with exactly these bytes is kept."""

    def told_of_file(self, document: Any) -> str:
        """What the log says of the document's newest change beyond that it changed."""

    def change_hotline(self, hotline: str) -> bool:
        """Change a setting of the site on its screen; False where the site has no screen that changes it."""

    def told_of_settings(self) -> str:
        """What the log says of the newest change of a setting beyond that it changed."""

    def search(self, words: str) -> str:
        """The public search's answer."""


def tried(ground: Ground, act: Callable[..., Any], *args: Any) -> None:
    """Try an act; that the site refuses it is one of the answers."""
    with suppress(*ground.refusals):
        act(*args)


def bulk(ground: Ground, who: str, act: str, page: Page, **more: str) -> HttpResponse:
    """Choose one page in the contents view and do this to it."""
    address = f"{ground.admin}bulk/wagtailcore/page/{act}/?id={page.pk}&next={ground.admin}"
    return ground.client(who).post(address, {"confirm": "true", **more})


def ask(ground: Ground, who: str, page: Page, act: str, **more: str) -> HttpResponse:
    """Use one of the page's own screens: `delete/`, `edit/`, `move/3/confirm/` …"""
    return ground.client(who).post(f"{ground.admin}pages/{page.pk}/{act}", more)


def there(page: Page) -> bool:
    return Page.objects.filter(pk=page.pk).exists()


def answer(address: str) -> HttpResponse:
    """What a stranger gets; redirects are not followed."""
    return Client(raise_request_exception=False).get(address)


def reads(page: Page, words: str) -> bool:
    """Whether a stranger reads these words at the page's address."""
    current = Page.objects.filter(pk=page.pk).first()
    reply = answer((current or page).get_url())
    return reply.status_code == 200 and words in reply.content.decode()
