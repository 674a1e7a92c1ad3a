"""What can't be kept is refused with a sentence, status 4xx, nothing changed, and an entry in the log."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client

from relief.officers.models import Role
from relief.trail.models import Event, Refusal
from tests.factories import cases
from tests.factories.district import District

BAD_TEXTS = {
    "NUL": "a%00b",
    "lone surrogate": "%ED%A0%80",
    "control": "a%07b",
    "1 MB": "x" * 1_000_000,
    "broken UTF-8": "%FF%FE",
}


@pytest.mark.parametrize("bad", BAD_TEXTS)
def test_text_that_cannot_be_kept(bad: str, district: District, seat: Callable[..., Client]) -> None:
    case = cases.submitted(district)
    events, refusals = Event.objects.count(), Refusal.objects.count()
    answer = seat(Role.STREET_ACCEPTOR, "101").post(
        f"/desk/cases/{case.number}/ask-once/",
        f"version={case.version}&missing={BAD_TEXTS[bad]}",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 422
    assert Event.objects.count() == events
    assert Refusal.objects.count() == refusals + 1


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 40, "1.5", "%00"])
def test_a_version_that_is_none(version: str, district: District, seat: Callable[..., Client]) -> None:
    case = cases.submitted(district)
    body = f"version={version}"
    client = seat(Role.STREET_ACCEPTOR, "101")
    kind = "application/x-www-form-urlencoded"
    assert client.post(f"/desk/cases/{case.number}/accept/", body, content_type=kind).status_code == 422
    assert cases.fresh(case).state == "submitted"


@pytest.mark.parametrize("amount", ["-1", "1e9", "9999999999999", "1.234", "NaN", "abc", "%00", "∞"])
def test_an_amount_that_is_none(amount: str, district: District, seat: Callable[..., Client]) -> None:
    case = cases.draft(district)
    answer = seat(Role.COMMUNITY_CLERK, "10101").post(
        f"/desk/cases/{case.code}/income/",
        urlencode({"version": case.version, "persons": 1}) + f"&wages={amount}",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 422
    assert not case.income_totals.exists()


@pytest.mark.parametrize(
    "query", ["?stage=nowhere", "?community=99999", "?q=%00", "?q=" + "9" * 5000, "?page=999", "?page=x",
              "?tab=all", "?stage=%ED%A0%80", "?unknown=1"]
)  # fmt: skip
def test_the_queue_stands_any_address(query: str, district: District, seat: Callable[..., Client]) -> None:
    cases.submitted(district)
    assert seat(Role.STREET_ACCEPTOR, "101").get(f"/desk/queue/{query}").status_code == 200
