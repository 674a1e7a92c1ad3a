"""Deaths by file: what is read, what is refused, and that no number is kept in clear."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from relief.confidential.models import BlindIndex
from relief.errors import Invalid, NotAllowed
from relief.households.deaths import COLUMNS, import_deaths, look_at_deaths
from relief.households.id_number import make_demo_id
from relief.households.importing.end_marked import BadRows, template
from relief.households.importing.rules import Unreadable
from relief.households.models import DeathRecord
from relief.households.queries import open_members
from relief.officers.models import Role
from relief.trail import clock
from relief.trail.models import Event
from relief.trail.verify import differences
from tests.factories import cases
from tests.factories.district import District, make_district
from tests.factories.files import DEATHS, codes, death, digest, marked

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
NUMBER, OTHER = make_demo_id(date(1940, 5, 5), 1), make_demo_id(date(1941, 6, 6), 2)


@pytest.fixture
def district():
    with clock.moved_to(clock.at(DAY)):
        yield make_district()


def bring(district: District, content: bytes):
    by = district.officer(Role.DISTRICT_CHECKER)
    return import_deaths(content, by=by, digest=digest(content))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (death(NUMBER[:-1] + "Y"), "id-characters"),
        (death(NUMBER[:17]), "id-length"),
        (death("9.90101E+17"), "id-rounded"),
        (death(""), "missing"),
        (death(NUMBER, ""), "missing"),
        (death(NUMBER, source=""), "missing"),
        (death(NUMBER, "2026-03-03"), "date-future"),
        (death(NUMBER, "2026-02-30"), "date-impossible"),
        (death(NUMBER, "去年"), "date-form"),
        (death(NUMBER, source="长" * 61), "text-too-long"),
        (death(OTHER), "person-twice"),
    ],
)
def test_rows_that_are_refused(district, row, code):
    content = marked(DEATHS, death(OTHER), row)
    seen = look_at_deaths(content, by=district.officer(Role.DISTRICT_CHECKER))
    assert codes(seen.bad) == [(3, code)]
    with pytest.raises(BadRows):
        bring(district, content)
    assert not DeathRecord.objects.exists()


def test_half_a_file_is_refused(district):
    with pytest.raises(Unreadable):
        bring(district, marked(DEATHS, death(NUMBER), end=None))
    with pytest.raises(Invalid):
        import_deaths(marked(DEATHS), by=district.officer(Role.DISTRICT_CHECKER), digest="0" * 64)


def test_the_templates_example_belongs_to_nobody(district):
    seen = look_at_deaths(template(COLUMNS), by=district.officer(Role.DISTRICT_CHECKER))
    assert codes(seen.bad) == [(2, "id-check-digit")]


def test_a_list_that_grows_adds_who_is_new(district):
    assert len(bring(district, marked(DEATHS, death(NUMBER))).new) == 1
    again = bring(district, marked(DEATHS, death(NUMBER), death(OTHER)))
    assert (len(again.new), again.known) == (1, 1)
    assert DeathRecord.objects.count() == BlindIndex.objects.filter(purpose="death-id").count() == 2
    assert Event.objects.filter(act="import-deaths").count() == 2
    assert list(differences()) == []


def test_a_reported_member_is_found_by_the_match(district):
    case = cases.reviewed(district, births=(date(1950, 1, 1),))
    clerk = district.officer(Role.DISTRICT_CHECKER)
    (member,) = open_members(case.household, by=clerk, purpose="test")
    content = marked(DEATHS, death(member.id_number.lower()))
    bring(district, content)
    assert cases.matched(district).opened == 1


@pytest.mark.parametrize("role", [Role.STREET_REVIEWER, Role.DISTRICT_APPROVER])
def test_only_the_checking_clerk_imports(district, role):
    with pytest.raises(NotAllowed):
        look_at_deaths(marked(DEATHS, death(NUMBER)), by=district.officer(role))


def test_the_command_lists_bad_rows_and_imports_good_files(district, tmp_path):
    file, said = tmp_path / "deaths.csv", StringIO()
    file.write_bytes(marked(DEATHS, death(NUMBER), death("去年")))
    by = "district-checker-000"
    with pytest.raises(CommandError):
        call_command("import_file", "deaths", str(file), by=by, stdout=said)
    assert "3" in said.getvalue() and not DeathRecord.objects.exists()
    file.write_bytes(marked(DEATHS, death(NUMBER), encoding="gb18030"))
    for check, written in ((True, 0), (False, 1)):
        call_command("import_file", "deaths", str(file), by=by, check=check, stdout=said)
        assert DeathRecord.objects.count() == written
    for account, path in (("nobody", file), (by, tmp_path / "nowhere.csv")):
        with pytest.raises(CommandError):
            call_command("import_file", "deaths", str(path), by=account)
