"""Publishing a policy of the portal: state, version and record; the act that `make bench-peers` compares.

Timed are the two steps of whoever edits and of who releases: the changed text saved as a version, and the act
that makes it public. Between them, untimed, it is handed in, read by the gate and approved by two officers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page, Revision

from portal.pages.policy import PolicyPage
from portal.pages.sections import PolicySection
from portal.pages.seed import CHINESE, add_live, seed_site
from portal.publishing.approve import approve, next_step
from portal.publishing.models import Submission
from portal.publishing.publish import publish
from portal.publishing.submit import submit
from relief.officers.models import Officer, Role
from relief.trail import clock
from tests import databases
from tests.bench import Figure, half_and_tail, milliseconds
from tests.bench.ground import own_database
from tests.bench.peers.corpus import Text, texts
from tests.factories.district import District, make_district

TURNS = 40


@dataclass
class Desk:
    """A site seeded now, and who writes, reviews and releases on it."""

    district: District
    section: PolicySection

    @classmethod
    def opened(cls) -> Desk:
        section = PolicySection.objects.child_of(seed_site()[CHINESE]).get(slug="policies")
        return cls(make_district(), section)

    def live(self, text: Text) -> PolicyPage:
        """One text as a policy of numbered articles, published."""
        page = PolicyPage(
            title=text.title,
            summary=text.summary,
            slug=text.slug,
            issuer="明河区民政局",
            topic="guarantee",
            signed_on=clock.today(),
            in_force_from=clock.today(),
            body=_articles(text),
        )
        add_live(self.section, page)
        return page

    def officer(self, role: Role) -> Officer:
        return self.district.officer(role)


class Change:
    """One more article in the newest version of a policy, on its way to the public."""

    def __init__(self, desk: Desk, key: int, turn: int) -> None:
        self.desk = desk
        page: Any = Page.objects.get(pk=key).specific.get_latest_revision_as_object()
        page.change_kind, page.change_note_zh, page.change_note_en = "substantive", "增加一条。", "One more."
        added = {"number": f"第{turn}次修改", "title": "", "text": f"<p>第{turn}次修改。</p>"}
        page.body.append(("article", added))
        self.page = page
        self.revision: Revision | None = None
        self.submission: Submission | None = None

    def save(self) -> None:
        account = self.desk.officer(Role.EDITOR).account
        self.revision = self.page.save_revision(user=account, log_action=True)

    def review(self) -> None:
        """Handed in, read by the gate, approved by every step."""
        self.submission = submit(self.revision, by=self.desk.officer(Role.EDITOR))
        while (step := next_step(self.submission)) is not None:
            role = Role.PUBLISHER if step.code == "release" else Role.REVIEWER
            approve(self.submission, by=self.desk.officer(role), step=step.code)

    def publish(self) -> None:
        publish(self.submission, by=self.desk.officer(Role.PUBLISHER))


def _articles(text: Text) -> list[tuple[str, dict[str, str]]]:
    paragraphs = [part + "</p>" for part in text.html.split("</p>") if part]
    return [
        ("article", {"number": f"第{number}条", "title": "", "text": words})
        for number, words in enumerate(paragraphs, start=1)
    ]


def measure() -> Iterator[Figure]:
    with own_database(databases.migrated_template()):
        desk = Desk.opened()
        keys = [desk.live(text).pk for text in texts(TURNS)]
        times = []
        for turn, key in enumerate(keys, start=1):
            change = Change(desk, key, turn)
            spent = milliseconds(change.save)
            change.review()
            times.append(spent + milliseconds(change.publish))
        half, tail = half_and_tail(times)
        yield Figure("edit + publish a policy, p50 (`make bench-peers`: beside stock Wagtail)", half, "ms")
        yield Figure("edit + publish a policy, p95", tail, "ms")
