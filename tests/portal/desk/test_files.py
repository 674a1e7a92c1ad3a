"""Files at the desk: looked at first, imported by the same officer and byte for byte, or refused in words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from relief.applications.withdraw import withdraw
from relief.decisions.models import CheckBatch, CrossCheck
from relief.households.id_number import make_demo_id
from relief.households.models import DeathRecord
from relief.officers.models import Role
from relief.trail import clock
from tests.factories import cases, registers
from tests.factories.district import District
from tests.factories.files import CHECKS, DEATHS, answer, death, marked

RESULTS, DEAD = "/desk/files/cross-checks/", "/desk/files/deaths/"


def upload(client: Client, address: str, content: bytes):
    return client.post(address, {"file": SimpleUploadedFile("结果.csv", content)})


def token(page: bytes) -> str:
    return page.decode().partition('name="token" value="')[2].partition('"')[0]


def test_results_are_looked_at_and_then_imported(district: District, seat: Callable[..., Client]) -> None:
    case = cases.accepted(district)
    clerk = seat(Role.DISTRICT_CHECKER)
    content = marked(CHECKS, answer(case.number, result="不一致", remarks="存款多"), encoding="gb18030")
    seen = upload(clerk, RESULTS, content)
    assert seen.status_code == 200 and not CrossCheck.objects.exists()
    assert "no-store" in seen["Cache-Control"]
    done = clerk.post(RESULTS, {"token": token(seen.content)})
    assert done.status_code == 302
    assert CheckBatch.objects.get().mismatches == 1
    assert CheckBatch.objects.get().file_digest[:16] in clerk.get("/desk/files/").content.decode()
    again = clerk.post(RESULTS, {"token": token(seen.content)})
    assert again.status_code == 422
    assert upload(clerk, RESULTS, content).status_code == 422
    assert CrossCheck.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (marked(CHECKS, answer("2026-101-99999")), b"2"),
        (marked(CHECKS, answer("2026-101-99999"), end=None), "总行数".encode()),
        (b"PK\x03\x04", b"CSV"),
        (b"", b"govuk-error-message"),
    ],
)
def test_bad_files_are_refused_in_words(
    district: District, seat: Callable[..., Client], content: bytes, words: bytes
) -> None:
    answered = upload(seat(Role.DISTRICT_CHECKER), RESULTS, content)
    assert words in answered.content
    assert b'name="token"' not in answered.content
    assert not CheckBatch.objects.exists()


def test_a_row_that_turned_bad_between_looking_and_importing(
    district: District, seat: Callable[..., Client]
) -> None:
    case = cases.accepted(district)
    clerk = seat(Role.DISTRICT_CHECKER)
    seen = upload(clerk, RESULTS, marked(CHECKS, answer(case.number)))
    other = withdraw(case, by=district.officer(Role.COMMUNITY_CLERK, "10101"), version=case.version,
                           words="自愿撤回。")  # fmt: skip
    assert other.state == "withdrawn"
    assert clerk.post(RESULTS, {"token": token(seen.content)}).status_code == 422
    assert not CheckBatch.objects.exists()


def test_a_token_of_another_officer_kind_or_hour(district: District, seat: Callable[..., Client]) -> None:
    clerk = seat(Role.DISTRICT_CHECKER)
    seen = token(upload(clerk, DEAD, marked(DEATHS, death(make_demo_id(clock.today(), 3)))).content)
    assert seen
    for address, text in ((RESULTS, seen), (DEAD, seen[:-1] + "?"), (DEAD, "")):
        assert clerk.post(address, {"token": text}).status_code == 422
    assert seat(Role.DISTRICT_APPROVER).post(DEAD, {"token": seen}).status_code == 403
    assert not DeathRecord.objects.exists()
    assert clerk.post(DEAD, {"token": seen}).status_code == 302
    assert DeathRecord.objects.count() == 1


def test_only_the_checking_clerk_has_files(district: District, seat: Callable[..., Client]) -> None:
    for role in Role:
        client = seat(role, {"community": "10101", "street": "101"}.get(role.value.partition("-")[0], ""))
        expected = 200 if role == Role.DISTRICT_CHECKER else 403
        for address in ("/desk/files/", RESULTS, DEAD, RESULTS + "template.csv", DEAD + "template.csv"):
            assert client.get(address).status_code == expected, (role, address)


def test_results_of_a_case_reach_its_page(district: District, seat: Callable[..., Client]) -> None:
    case = cases.ready_for_review(district)
    clerk, reviewer = seat(Role.DISTRICT_CHECKER), seat(Role.STREET_REVIEWER, "101")
    seen = upload(clerk, RESULTS, marked(CHECKS, answer(case.number, source="税务", result="不一致",
                                                        remarks="工资多于申报")))  # fmt: skip
    clerk.post(RESULTS, {"token": token(seen.content)})
    address = f"/desk/cases/{case.number}/"
    page = reviewer.get(address).content.decode()
    assert "工资多于申报" in page and f"{address}explain-mismatch/" in page
    assert f'href="{address}review/"' not in page
    version = cases.fresh(case).version
    form = reviewer.get(address + "explain-mismatch/")
    assert form.status_code == 200
    typed = {"version": version, "what": "tax", "words": "该笔工资已于上月停发，见证明。"}
    assert reviewer.post(address + "explain-mismatch/", typed).status_code == 302
    page = reviewer.get(address).content.decode()
    assert "该笔工资已于上月停发" in page and f'href="{address}review/"' in page
    assert reviewer.get(address + "explain-mismatch/").status_code == 409


def test_a_match_is_shown_and_explained_before_the_list(
    district: District, seat: Callable[..., Client]
) -> None:
    case, other = cases.reviewed(district), cases.reviewed(district)
    registers.dead(case.applicant, clock.today() - timedelta(days=3), "民政殡葬管理所")
    reviewer, build = seat(Role.STREET_REVIEWER, "101"), "/desk/lists/new/?street=101"
    wanted = {"street": "101", "batch": "2026-01", "cases": [f"{case.number}:{case.version}"]}
    refused = reviewer.post(build, wanted)
    assert refused.status_code == 409 and case.number in refused.content.decode()
    assert reviewer.post(build, {"street": "101", "match": "1"}).status_code == 302
    page = reviewer.get(build).content.decode()
    assert "民政殡葬管理所" in page
    assert f'{case.number}:{cases.fresh(case).version}" ' in page
    explain = f"/desk/cases/{case.number}/explain-match/"
    assert explain in page
    hit = case.register_hits.get()
    typed = {
        "version": cases.fresh(case).version,
        "what": f"{hit.kind}/{hit.person.code}/{hit.reference}",
        "words": "系同名同号登记错误，已由公安机关更正。",
    }
    assert reviewer.post(explain, {**typed, "what": "death/x/y"}).status_code == 422
    done = reviewer.post(explain, typed)
    assert (done.status_code, done["Location"]) == (302, build)
    tokens = [f"{one.number}:{cases.fresh(one).version}" for one in (case, other)]
    assert reviewer.post(build, {**wanted, "cases": tokens}).status_code == 302
