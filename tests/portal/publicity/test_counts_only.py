"""A list of too few households shows counts only, and its digest still verifies (issue 5, item 10)."""

import pytest

from relief.publicity.document import digest_holds
from relief.publicity.gate import inspect_list
from relief.publicity.models import Entry, PublicRow
from relief.publicity.publish import publish
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail import clock
from tests.factories import cases
from tests.factories.district import make_district
from tests.relief.publicity.planted import DAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("least", "shows"), [("0", True), ("2", True), ("3", False)])
def test_small_numbers(client, least, shows):
    with clock.moved_to(clock.at(DAY)):
        district = make_district()
        clause = Clause.objects.get(key="local")
        enter_standard("disclosure.gs.least", kind=Kind.NUMBER, value=least, from_date=DAY, clause=clause)
        for _n in range(2):
            cases.reviewed(district)
        made, by = cases.compiled(district), district.officer("street-publisher", "101")
        verdict = inspect_list(made, by=by)
        assert verdict.findings == []
        assert ("csv.zh" in {told["form"] for told in verdict.forms}) == shows
        public_list = cases.posted(district, publish(made, by=by, version=made.version))
        at = f"/publicity/{public_list.number}/"
        page, document = client.get(f"/en{at}"), client.get(f"{at}data.json").json()
        table = client.get(f"/en{at}data.csv")
    assert (public_list.counts_only, PublicRow.objects.exists()) == (not shows, shows)
    assert (Entry.objects.count(), digest_holds(public_list)) == (2, True)
    assert (document["entries"], len(document["commitments"]), bool(document["rows"])) == (2, 2, shows)
    assert ("It therefore shows counts only" in page.content.decode()) != shows
    assert "2 households" in page.content.decode()
    assert table.status_code == (200 if shows else 410)
    code = Entry.objects.first().row_code
    assert (code in page.content.decode()) == shows
