"""Policies, interpretations and notices for tests: few words, real relations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from wagtail.models import Locale

from portal.pages.interpretation import InterpretationPage, InterpretedPolicy
from portal.pages.models import HomePage, NoticePage
from portal.pages.policy import PolicyChange, PolicyPage
from portal.pages.seed import add_live, translated
from portal.pages.topics import Topic
from tests.factories.texts import saved

TODAY = date(2026, 3, 2)
ISSUER = "明河区民政局"


def html(address: str) -> str:
    """The page at an address, which must be there."""
    answer = Client().get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def section(home: HomePage, slug: str) -> Any:
    return home.get_children().get(slug=slug).specific


def policy(home: HomePage, slug: str, *, since: date = date(2026, 1, 1), **more: Any) -> PolicyPage:
    """A live policy, in force since `since`, with 文号 明民发〔2026〕<slug>号."""
    page = PolicyPage(
        title=more.pop("title", f"办法{slug}"), slug=slug, locale=home.locale,
        issuer=more.pop("issuer", ISSUER),
        topic=more.pop("topic", Topic.GUARANTEE), signed_on=more.pop("signed_on", since), in_force_from=since,
        document_number=more.pop("number", f"明民发〔2026〕{slug}号"), **more,
    )  # fmt: skip
    add_live(section(home, "policies"), page)
    return page


def changed(page: PolicyPage, kind: str, by: PolicyPage) -> PolicyPage:
    """`page` is amended or repealed by another text."""
    page.changed_by.add(PolicyChange(kind=kind, by=by))
    saved(page)
    return PolicyPage.objects.get(pk=page.pk)


def interpretation(home: HomePage, slug: str, *policies: PolicyPage, **more: Any) -> InterpretationPage:
    page = InterpretationPage(
        title=f"解读{slug}", slug=slug, locale=home.locale, issuer=ISSUER, signed_on=date(2026, 1, 5), **more
    )
    page.policies = [InterpretedPolicy(policy=one) for one in policies]
    add_live(section(home, "interpretations"), page)
    return page


def notice(home: HomePage, slug: str, **more: Any) -> NoticePage:
    page = NoticePage(
        title=f"通知{slug}", slug=slug, locale=home.locale, issuer=ISSUER, body="<p>照办。</p>",
        signed_on=more.pop("signed_on", date(2026, 2, 1)), **more,
    )  # fmt: skip
    add_live(section(home, "notices"), page)
    return page


def in_english(page: Any, **words: Any) -> Any:
    """The live English translation."""
    english = Locale.objects.get(language_code="en")
    translated(page, {"title": f"English {page.slug}", "issuer": "Minghe Bureau"} | words, english)
    return page.get_translation(english)
