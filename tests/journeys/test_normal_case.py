"""One case from the counter to the announcement, through the verbs alone."""

from datetime import date
from decimal import Decimal

import pytest

from relief.applications.models import Application
from relief.awards.models import AwardPeriod
from relief.decisions.decide import approve
from relief.ledger.models import Publication
from relief.publicity.document import digest_holds, verify
from relief.publicity.models import ListState, PublicRow
from relief.publicity.queries import period_of
from relief.trail import clock
from relief.trail.models import Event
from relief.trail.verify import differences
from tests.factories import cases
from tests.factories.district import make_district

ACTS = (
    "open-draft income submit accept visit examine visit cross-check income review "
    "match-registers publish close approve announce"
)


@pytest.mark.django_db
def test_the_public_list_is_made_by_the_pipeline() -> None:
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        district = make_district()
        case = cases.reviewed(district)
        public_list = cases.posted(district, cases.published(district))
        assert public_list.number == "gs-101-2026-001"
        assert (public_list.starts_on, public_list.ends_on) == (date(2026, 3, 2), date(2026, 3, 8))
        assert period_of(public_list).left == 7
        row = PublicRow.objects.get(public_list=public_list)
        assert row.row["amount"] == "581.00"
        assert "*" in row.row["name"]
        assert digest_holds(public_list)
        assert verify(public_list.number, public_list.check_code).answer == "match"
        cases.closed(district, public_list)
    with clock.moved_to(clock.at(date(2026, 3, 10))):
        case = cases.fresh(case)
        case = approve(case, by=district.officer("district-approver"), version=case.version)
        announcement = cases.announced(district)
        public_list.refresh_from_db()
    assert public_list.state == ListState.ANNOUNCED
    assert cases.fresh(case).state == "announced"
    period = AwardPeriod.objects.get(award__household=case.household)
    assert (period.amount, period.from_month) == (Decimal("581.00"), date(2026, 4, 1))
    assert period.source_entry is not None and period.source_entry.pre_approval is not None
    assert [row.kind for row in Publication.objects.all()] == ["list", "period", "close", "list"]
    assert announcement.number == "gg-101-2026-001"
    assert acts_of(case) == ACTS
    assert list(differences()) == []


def acts_of(case: Application) -> str:
    return " ".join(Event.objects.filter(subject_code=case.code).order_by("pk").values_list("act", flat=True))
