"""A small site with something of everything that an export carries, its export, and an empty portal again."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.test import override_settings
from PIL import Image
from wagtail.models import Locale, Page

from portal.attachments.images import PortalImage
from portal.attachments.models import PortalDocument
from portal.catalogue import verbs
from portal.catalogue.models import CatalogueRow
from portal.catalogue.seed import seed_catalogue
from portal.pages.interpretation import InterpretationPage, InterpretedPolicy
from portal.pages.listing import ListingPage
from portal.pages.models import NoticePage
from portal.pages.policy import PolicyPage
from portal.pages.seed import ENGLISH, add_live, translated
from portal.particulars.verbs import enter
from portal.publishing.lead import add_address
from portal.publishing.withdraw import withdraw
from portal.transfer.pack import MANIFEST
from portal.transfer.take_out import export_file
from portal.transfer.unpack import rows_name
from relief.places.set_up import SETUP
from relief.trail import clock
from search.synonym_verbs import end_synonyms, make_synonyms
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.transfer.addresses import Answer, addresses, answers

MOMENT = clock.at(date(2026, 11, 20))
ISSUER = "明河区民政局"
Rows = list[dict[str, Any]]


@dataclass
class Exported:
    """An export, and what the public read before it was made."""

    file: bytes
    public: dict[str, Answer]


_made: list[Exported] = []


def exported(folder: Path) -> Exported:
    """The small site is made, exported and taken back; once in a process."""
    if not _made:
        with override_settings(MEDIA_ROOT=str(folder / "old")), transaction.atomic():
            room = make_site()
            public = answers(addresses(ours()))
            export_file(folder / "site.zip", by=room.publisher, progress=silent)
            transaction.set_rollback(True)
        _made.append(Exported((folder / "site.zip").read_bytes(), public))
    return _made[0]


def ours() -> QuerySet:
    """What set-up didn't make, and one section."""
    made = Page.objects.filter(depth__gt=3) | Page.objects.filter(depth=3, slug__in=("winter", "notices"))
    return made.order_by("pk")


def silent(things: Iterable[Any], words: str, total: int) -> Iterator[Any]:
    return iter(things)


def make_site() -> Newsroom:
    """Texts of many kinds in both languages: changed, withdrawn, never public, related, with files."""
    room = make_newsroom()
    english = Locale.objects.get(language_code=ENGLISH)
    form, picture = a_document(), a_picture()
    policy = a_policy(room, picture)
    translated(policy, {"title": "Measures", "issuer": "Bureau"}, english)
    an_interpretation(room, policy)
    links = f'<a linktype="page" id="{policy.pk}">办法</a><a linktype="document" id="{form.pk}">申请表</a>'
    page = room.published(room.draft("heating", body=f"<p>{links}</p>"))
    form.file = ContentFile("第二版".encode(), name="申请表.txt")
    form.save()
    room.published(room.edited(page, title="关于冬季取暖补助的通知（更正）"))
    mistaken = f'<p><a linktype="document" id="{a_document().pk}">附</a></p>'
    withdrawn(room, room.published(room.draft("mistaken", title="误发的通知", body=mistaken)), "removed")
    withdrawn(room, room.published(room.draft("last-year", title="去年的通知")), "superseded")
    room.edited(page, title="还没有人审过的改动")
    room.draft("unseen", title="还没有公开过")
    home = room.homes["zh-hans"]
    add_live(home, ListingPage(title="取暖", slug="winter", locale=home.locale, section=room.section))
    kept = room.record(page)
    add_address(kept, by=room.publisher, path="/old-heating", reason="旧网站的网址", version=kept.version)
    in_the_catalogue(room, page)
    make_synonyms(["取暖", "供暖"], by=room.writer, why="两种说法。")
    ended = make_synonyms(["煤票", "煤炭券"], by=room.writer, why="两种说法。")
    end_synonyms(ended, by=room.writer, version=ended.version, why="不再发放。")
    return room


def withdrawn(room: Newsroom, page: Page, way: str) -> None:
    record = room.record(page)
    why = {"reason_zh": "情况变了。", "reason_en": "Things changed."}
    withdraw(record, by=room.publisher, way=way, version=record.version, **why)


def a_document() -> PortalDocument:
    return PortalDocument.objects.create(
        title="申请表", file=ContentFile("第一版".encode(), name="申请表.txt")
    )


def a_picture() -> PortalImage:
    drawn = BytesIO()
    Image.new("RGB", (64, 48), "navy").save(drawn, "PNG")
    return PortalImage.objects.create(
        title="图", description="蓝色的图", file=ContentFile(drawn.getvalue(), "a.png")
    )


def a_policy(room: Newsroom, picture: PortalImage) -> PolicyPage:
    home = room.homes["zh-hans"]
    figure = {"image": picture.pk, "alt": "蓝色的图", "caption": "图一", "source": ISSUER}
    page = PolicyPage(
        title="取暖补助办法", slug="measures", issuer=ISSUER, topic="guarantee", signed_on=date(2026, 1, 5),
        in_force_from=date(2026, 2, 1), document_number="明民发〔2026〕3号", locale=home.locale,
        body=[("paragraph", "<p>每户一次。</p>"), ("figure", {**figure, "image": picture})],
    )  # fmt: skip
    add_live(home.get_children().get(slug="policies"), page)
    return page


def an_interpretation(room: Newsroom, policy: PolicyPage) -> None:
    home = room.homes["zh-hans"]
    page = InterpretationPage(
        title="怎么领取暖补助", slug="how", issuer=ISSUER, topic="guarantee", signed_on=date(2026, 1, 6),
        locale=home.locale, body=[("paragraph", "<p>到窗口领。</p>")],
    )  # fmt: skip
    page.policies.add(InterpretedPolicy(policy=policy))
    add_live(home.get_children().get(slug="interpretations"), page)


def in_the_catalogue(room: Newsroom, page: Page) -> None:
    seed_catalogue()
    enter(by=SETUP)
    row = CatalogueRow.objects.get(key="destitute-review")
    row = verbs.attach(row, by=room.writer, version=row.version, page=page)
    row = verbs.check_unchanged(row, by=room.writer, version=row.version)
    empty = CatalogueRow.objects.exclude(pk=row.pk).first()
    until = clock.today() + timedelta(days=30)
    verbs.state_nothing(
        empty, by=room.publisher, version=empty.version, why_zh="本月无", why_en="Nothing", until=until
    )


# --- a file that somebody has changed ------------------------------------------------------


def rewritten(file: bytes, change: Callable[[dict[str, bytes]], None], *, honest: bool = True) -> bytes:
    """The export with other members; `honest`: the list says so, as a stranger's own export would."""
    import hashlib

    with zipfile.ZipFile(BytesIO(file)) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    if honest:
        listed = json.loads(members.pop(MANIFEST))
        listed["members"] = [
            {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
            for name, data in members.items()
        ]
        members[MANIFEST] = json.dumps(listed).encode()
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name, data)
    return out.getvalue()


def with_rows(label: str, change: Callable[[Rows], None]) -> Callable[[dict[str, bytes]], None]:
    """Change the rows of a table."""

    def apply(members: dict[str, bytes]) -> None:
        name = rows_name(label)
        rows = [json.loads(line) for line in members[name].decode().splitlines()]
        change(rows)
        members[name] = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()

    return apply


def notice_called(title: str) -> NoticePage:
    return NoticePage.objects.get(title=title)
