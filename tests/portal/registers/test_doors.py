"""Who sees which rows: right and area are asked in list, record and history alike."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, reverse
from wagtail.models import ModelLogEntry, Revision

from relief.applications.models import Application
from relief.awards.models import Award
from relief.households.models import Household, Person
from relief.households.queries import open_names
from relief.officers.models import Officer, Role
from relief.publicity.models import PublicList
from relief.trail import clock
from relief.trail.models import Access
from relief.trail.tracked import Tracked
from relief.trail.triggers import tracked_models
from tests.factories import cases
from tests.portal.cms.staff import also, district_with_rights, signed_in

REGISTERS = {
    "households": Household,
    "persons": Person,
    "applications": Application,
    "lists": PublicList,
    "awards": Award,
    "officers": Officer,
}
DOTS = "●●●"


@pytest.fixture
def district(db):
    """Two streets with a case each; the one of street 101 has come to an announced list."""
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        made = district_with_rights()
        case = cases.cleared(made, "10101")
    with clock.moved_to(clock.at(date(2026, 3, 11))):
        cases.approve(case, by=made.officer(Role.DISTRICT_APPROVER), version=case.version)
        cases.announced(made, "101")
        cases.submitted(made, "10201")
        yield made


def addresses(register: str, row: Tracked) -> dict[str, str]:
    base = f"/cms/registers/{register}/"
    return {
        "list": base,
        "record": f"{base}inspect/{row.pk}/",
        "history": f"{base}history/{row.pk}/",
    }


def row_in(register: str, area: str) -> Tracked:
    """A row of street `area`."""
    where = {
        "persons": "memberships__household__community__number__startswith",
        "lists": "area__number__startswith",
        "officers": "appointments__scope_code__startswith",
    }
    column = where.get(register, "community__number__startswith")
    return REGISTERS[register].objects.filter(**{column: area}).order_by("pk").first()


@pytest.mark.parametrize("key", ["0", "x", "99999999999999999999999", "1x", "-1"])
def test_a_guessed_key_is_not_found(district, key):
    client = signed_in(district.officer(Role.AUDITOR))
    for page in ("inspect", "history"):
        assert client.get(f"/cms/registers/households/{page}/{key}/").status_code == 404


def test_without_the_right_nobody_learns_which_rows_there_are(district):
    client = signed_in(district.officer(Role.EDITOR))
    answers = {
        client.get(f"/cms/registers/households/inspect/{key}/").headers["Location"]
        for key in (row_in("households", "101").pk, 999_999)
    }
    assert answers == {"/cms/"}


def test_a_right_counts_only_in_the_area_of_the_appointment_that_brings_it(district):
    officer = district.officer(Role.STREET_REVIEWER, "101")
    also(officer, Role.EDITOR, "000")
    client = signed_in(officer)
    assert client.get(addresses("households", row_in("households", "102"))["record"]).status_code == 404
    assert client.get(addresses("households", row_in("households", "101"))["record"]).status_code == 200


def test_rights_end_with_the_appointment(district):
    officer = district.officer(Role.COMMUNITY_CLERK, "10101")
    also(officer, Role.STREET_REVIEWER, "101", since=date(2024, 1, 1), until=date(2024, 2, 1))
    officer.account.groups.add(Group.objects.get(name=Role.STREET_REVIEWER))  # left over from before
    assert signed_in(officer).get("/cms/registers/households/").status_code == 403
    assert set(officer.account.groups.values_list("name", flat=True)) == {Role.COMMUNITY_CLERK}


@pytest.mark.parametrize("register", REGISTERS)
def test_nothing_but_list_record_and_history(district, register):
    model = REGISTERS[register]._meta.model_name
    for action in ("create", "edit", "delete", "choose_parent"):
        with pytest.raises(NoReverseMatch):
            reverse(f"relief_{model}_modeladmin_{action}", args=[1])
    client = signed_in(district.officer(Role.AUDITOR))
    row = row_in(register, "101")
    for path in ("create/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
        assert client.get(f"/cms/registers/{register}/{path}").status_code == 404
    page = client.get(f"/cms/registers/{register}/").content.decode()
    assert "/create/" not in page and "/edit/" not in page


@pytest.mark.parametrize("register", REGISTERS)
def test_no_export_and_no_free_look_up(district, register):
    client = signed_in(district.officer(Role.AUDITOR))
    for query in (
        "export=csv",
        "export=xlsx",
        "p=9999",
        "p=0",
        "p=x",
        "o=99.x",
        "q=%00",
        "state__exact=nonsense",
        "street=%00",
        "active__exact=maybe",
        "account__password__startswith=a",
    ):
        answer = client.get(f"/cms/registers/{register}/?{query}")
        if answer.status_code == 302:
            answer = client.get(answer.headers["Location"])
        assert answer.status_code == 200, query
        assert answer.headers["Content-Type"].startswith("text/html"), query
        if "password" in query or "export" in query:
            assert f"/inspect/{row_in(register, '101').pk}/" in answer.content.decode()


def test_names_are_masked_by_right_and_the_look_is_logged_once(district):
    page = "/cms/registers/applications/"
    before = Access.objects.count()
    auditor = signed_in(district.officer(Role.AUDITOR)).get(page).content.decode()
    assert DOTS in auditor
    assert Access.objects.count() == before
    reviewer = signed_in(district.officer(Role.STREET_REVIEWER, "101")).get(page).content.decode()
    assert "*" in reviewer.split("<tbody>")[1]
    look = Access.objects.latest("pk")
    assert Access.objects.count() == before + 1
    assert look.purpose == "register" and look.columns == ["person.name"]


def test_no_personal_value_on_any_page(district):
    people = Person.objects.all()
    names = set(open_names(list(people), by=district.officer(Role.AUDITOR), purpose="test").values())
    for role in (Role.DISTRICT_APPROVER, Role.AUDITOR):
        client = signed_in(district.officer(role))
        for register in REGISTERS:
            for address in addresses(register, row_in(register, "101")).values():
                text = client.get(address).content.decode()
                assert not [name for name in names if name in text], address
                assert "13900000000" not in text and "安宁里" not in text and "990101" not in text, address


def test_wagtail_keeps_nothing_of_case_data(district):
    client = signed_in(district.officer(Role.AUDITOR))
    for register in REGISTERS:
        for address in addresses(register, row_in(register, "101")).values():
            client.get(address)
    ours = {ContentType.objects.get_for_model(model).pk for model in tracked_models()}
    assert not ModelLogEntry.objects.filter(content_type__in=ours).exists()
    assert not Revision.objects.filter(content_type__in=ours).exists()
