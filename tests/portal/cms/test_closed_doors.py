"""What Wagtail would open and the site closes."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from portal.cms.groups import RIGHTS
from relief.officers.models import Account, Role
from tests.portal.cms.staff import district_with_rights, signed_in


@pytest.fixture
def district(db):
    return district_with_rights()


@pytest.mark.parametrize("address", ["/cms/login/", "/cms/login/?next=/cms/pages/"])
def test_there_is_one_sign_in(db, address):
    for method in ("get", "post"):
        answer = getattr(Client(), method)(
            address, {"username": "x", "password": "y"} if method == "post" else {}
        )
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("desk:sign-in"))


def test_a_stranger_is_sent_to_the_sign_in_and_comes_back(db):
    answer = Client().get("/cms/pages/")
    assert answer.headers["Location"] == f"{reverse('desk:sign-in')}?next=/cms/pages/"
    assert "next=/cms/" in Client().get("/cms/login/?next=//example.org/").headers["Location"]
    assert "example" not in Client().get("/cms/login/?next=//example.org/").headers["Location"]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/login/",
        "/_util/login/",
        "/cms/users/",
        "/cms/users/add/",
        "/cms/users/1/",
        "/cms/groups/",
        "/cms/groups/new/",
        "/cms/password_reset/",
        "/cms/bulk/relief/account/delete/",
        "/cms/bulk/relief/account/set_active_state/",
    ],
)
def test_closed_addresses(district, address):
    client = signed_in(district.officer(Role.EDITOR))
    assert client.get(address).status_code == 404
    assert client.post(address, {"id": "1"}).status_code == 404


def test_users_and_groups_have_no_address():
    for name in ("wagtailusers_users:index", "wagtailusers_groups:index", "admin:index", "wagtailcore_login"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    with pytest.raises(Resolver404):
        resolve("/documents/1/file.pdf")


def test_preferences_hold_language_and_look_only(district):
    page = signed_in(district.officer(Role.EDITOR)).get("/cms/account/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "locale-preferred_language" in text
    for field in ("name_email-first_name", "password-new_password1", "avatar-avatar", "name_email-email"):
        assert field not in text


def test_who_has_no_business_here_is_told_so_and_not_sent_in_circles(district):
    answer = signed_in(district.officer(Role.COMMUNITY_CLERK)).get("/cms/")
    assert answer.status_code == 403


@pytest.mark.parametrize("role", [role for role in RIGHTS if RIGHTS[role]])
def test_every_page_is_kept_out_of_caches_and_under_a_policy(district, role):
    answer = signed_in(district.officer(role)).get("/cms/")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "http" not in answer.headers["Content-Security-Policy"]
    assert not answer.has_header("ETag")


def test_the_menu_of_an_auditor_and_of_an_editor(district):
    auditor = signed_in(district.officer(Role.AUDITOR)).get("/cms/").content.decode()
    assert "/cms/registers/households/" in auditor
    assert "/cms/users/" not in auditor and "/cms/groups/" not in auditor
    editor = signed_in(district.officer(Role.EDITOR)).get("/cms/").content.decode()
    assert "/cms/registers/" not in editor
    for page in (auditor, editor):
        assert "guide.wagtail.org" not in page and "gravatar" not in page


def test_no_role_may_write_case_data_or_accounts(district):
    for role in RIGHTS:
        account = Account.objects.get(pk=district.officer(role).account_id)
        written = [
            p
            for p in account.get_all_permissions()
            if p.startswith(("relief.", "auth.")) and ".view_" not in p
        ]
        assert written == [], role
        assert not account.is_superuser and not account.is_staff


def test_revisions_are_not_purged(db):
    with pytest.raises(CommandError, match="not purged"):
        call_command("purge_revisions")
