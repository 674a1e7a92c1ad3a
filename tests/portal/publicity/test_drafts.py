"""The draft of a response on the web: resumed, sent once, never lost; pictures, limits, cookies."""

from datetime import timedelta

import pytest

from portal.publicity.throttle import Limit
from relief.confidential.models import DataKey
from relief.publicity.draft import KEPT
from relief.publicity.models import Response, ResponseKind
from relief.publicity.response_models import ResponseDraft, ResponseFile
from relief.schedule.run import run_due
from tests.factories import stages
from tests.factories.pages import make_pages
from tests.portal.publicity.writing import *  # noqa: F403  the list's fixtures
from tests.portal.publicity.writing import NAME, WORDS, Visitor, answers, png, upload

LEFT_OUT = ResponseKind.LEFT_OUT


def test_another_device_goes_on_by_the_code(stage):
    visitor, wanted = Visitor(stage.list), answers(stage.list, "not-eligible")
    visitor.write({name: wanted[name] for name in ("kind", "row", "words")})
    code = visitor.resume_code()
    other = Visitor(stage.list, "/en")
    lost = other.get("staff")
    assert lost["Location"] == f"{other.at}resume/?lost=1"
    assert other.answer("resume", code=code.lower().replace("-", " ")) == "staff"
    assert WORDS in other.get("words").content.decode()
    assert code not in "".join(str(row) for row in ResponseDraft.objects.values())


@pytest.mark.parametrize("typed", ["", "2222-2222-2222", "I0I0-I0I0-I0I0", "x", "二" * 12])
def test_a_wrong_resume_code(stage, typed):
    answered = Visitor(stage.list).post("resume", code=typed)
    assert answered.status_code == 422
    assert "govuk-error-summary" in answered.content.decode()


def test_guessed_resume_codes_are_limited(stage):
    visitor = Visitor(stage.list)
    statuses = [visitor.post("resume", code="2222-2222-2222").status_code for _ in range(12)]
    assert statuses == [422] * 10 + [429] * 2


def test_a_draft_lives_a_day(stage, settings):
    visitor = Visitor(stage.list)
    visitor.write(answers(stage.list, LEFT_OUT, picture={"picture": upload(png())}))
    draft = ResponseDraft.objects.get()
    file = settings.EVIDENCE_ROOT / draft.stored_as
    assert file.is_file()
    with stages.on(stage.day + KEPT, hour=9):
        assert "lost=1" in visitor.get("check")["Location"]
        done = [outcome for outcome in run_due() if outcome.job == "delete-drafts"]
        assert [outcome.failed for outcome in done] == [False]
        assert [outcome for outcome in run_due() if outcome.job == "delete-drafts"] == []
    assert not ResponseDraft.objects.exists()
    assert not DataKey.objects.filter(subject__startswith="draft:").exists()


def test_an_answer_without_its_draft_begins_a_new_one(stage):
    """The cookie went meanwhile: what was typed just now is kept, the rest is asked again."""
    visitor = Visitor(stage.list)
    assert visitor.answer("words", words=WORDS) == "kind"
    assert visitor.answer("kind", kind=LEFT_OUT) == "community"
    assert visitor.answer("community", community="10101") == "staff"


def test_pressed_twice_it_is_sent_once(stage):
    visitor = Visitor(stage.list)
    visitor.write(answers(stage.list, "not-eligible"))
    assert visitor.answer("check") == "sent"
    receipt = visitor.receipt()
    assert visitor.answer("check") == "sent"
    assert visitor.answer("words", words="再写") == "sent"
    assert visitor.receipt() == receipt
    assert Response.objects.count() == 1
    gone = visitor.post("sent")
    assert gone["Location"] == "/responses/"
    assert "lost=1" in visitor.get("sent")["Location"]
    assert not ResponseDraft.objects.exists()


def test_the_receipt_is_shown_for_an_hour(stage):
    visitor = Visitor(stage.list)
    visitor.write(answers(stage.list, "not-eligible"))
    visitor.answer("check")
    with stages.on(stage.day, hour=10):
        assert "lost=1" in visitor.get("sent")["Location"]


def test_the_period_ends_while_one_writes(stage):
    visitor = Visitor(stage.list)
    visitor.write(answers(stage.list, "not-eligible"))
    code = visitor.resume_code()
    with stages.on(stage.list.ends_on + timedelta(days=1), hour=0):
        late = Visitor(stage.list)
        start = late.get().content.decode()
        assert "反映期限已过" in start
        assert "开始填写" not in start
        assert late.post("kind", kind=LEFT_OUT).status_code == 409
        assert code
    assert Response.objects.count() == 0


def test_over_at_the_last_press_the_words_are_on_the_page(stage):
    last = stage.list.ends_on
    with stages.on(last, hour=23):
        visitor = Visitor(stage.list)
        visitor.write(answers(stage.list, "not-eligible"))
    with stages.on(last + timedelta(days=1), hour=0):
        over = visitor.post("check")
    assert over.status_code == 409
    for kept in (WORDS, NAME, "0400-000-0000"):
        assert kept in over.content.decode()
    assert ResponseDraft.objects.count() == 1


# --- the picture -----------------------------------------------------------------------------

TIFF = b"II*\x00" + bytes(200)
BOMB = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x00\x00\x00\x01\x00\x00\x08\x02\x00\x00\x00" + bytes(64)


@pytest.mark.parametrize(
    ("content", "name"),
    [(TIFF, "a.jpg"), (BOMB, "a.png"), (b"", "a.png"), (b"<script>", "a.jpg"), (png()[:900], "a.png")],
)
def test_a_bad_picture_is_refused_in_words_and_nothing_else_is_lost(stage, content, name):
    visitor = Visitor(stage.list)
    wanted = answers(stage.list, "not-eligible")
    assert visitor.write({step: given for step, given in wanted.items() if step != "picture"}) == "picture"
    refused = visitor.post("picture", picture=upload(content, name))
    assert refused.status_code == 422
    assert "govuk-error-message" in refused.content.decode()
    assert visitor.answer("picture") == "check"
    assert WORDS in visitor.get("check").content.decode()


def test_a_large_file_is_named_with_its_limit_and_never_lies_on_the_disk(stage, monkeypatch):
    def never(*_args, **_kwargs):
        raise AssertionError("an upload was put on the disk")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", never)
    visitor = Visitor(stage.list)
    wanted = answers(stage.list, "not-eligible")
    visitor.write({step: given for step, given in wanted.items() if step != "picture"})
    assert "8MB" in visitor.get("picture").content.decode().replace(" ", "")
    refused = visitor.post("picture", picture=upload(bytes(9 * 1024 * 1024), "a.jpg")).content.decode()
    assert "9.0MB" in refused.replace(" ", "")
    assert visitor.answer("picture") == "check"


def test_a_picture_is_replaced_or_dropped_with_its_file(stage, settings):
    visitor = Visitor(stage.list)
    visitor.write(answers(stage.list, LEFT_OUT, picture={"picture": upload(png())}))
    assert visitor.answer("picture") == "check"  # nothing chosen: the one that is kept stays
    assert ResponseDraft.objects.get().stored_as
    assert visitor.answer("picture", drop="on") == "check"
    assert not ResponseDraft.objects.get().stored_as
    assert ResponseFile.objects.filter(response=visitor.sent()).count() == 0


# --- limits ----------------------------------------------------------------------------------


def test_who_sends_too_often_waits_and_loses_nothing(stage, monkeypatch):
    monkeypatch.setattr("portal.publicity.responding.send.FROM_ONE_ADDRESS", Limit("test", 2, 60))
    statuses = []
    for index in range(3):
        visitor = Visitor(stage.list)
        visitor.write(answers(stage.list, LEFT_OUT, contact={"name": f"甲{index}", "contact": "1"}))
        statuses.append(visitor.post("check"))
    assert [one.status_code for one in statuses] == [302, 302, 429]
    assert int(statuses[-1]["Retry-After"]) > 0
    assert "没有丢失" in statuses[-1].content.decode()
    assert "甲2" in visitor.get("check").content.decode()


def test_a_program_that_fills_everything_in(stage):
    visitor = Visitor(stage.list)
    visitor.write(answers(stage.list, "not-eligible"))
    refused = visitor.post("check", website="https://example.org/")
    assert refused.status_code == 422
    assert Response.objects.count() == 0
    assert visitor.sent()


# --- cookies, caches, engines ----------------------------------------------------------------


def test_only_the_forms_pages_set_cookies(stage):
    make_pages()
    visitor = Visitor(stage.list)
    for path in (
        "/",
        "/publicity/",
        stage.path,
        visitor.at,
        f"/en{visitor.at}",
        "/verify/",
        "/announcements/",
    ):
        page = visitor.client.get(path)
        assert page.status_code == 200
        assert not page.cookies, path
    assert set(visitor.get("kind").cookies) == {"csrftoken"}
    begun = visitor.post("kind", kind=LEFT_OUT)
    for name, at in (("draft", visitor.at), ("draft-en", f"/en{visitor.at}")):
        cookie = begun.cookies[name]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (at, True, "Strict")
        assert not cookie["max-age"]
        assert not cookie["expires"]
    assert "sessionid" not in visitor.client.cookies


def test_nobody_keeps_and_no_engine_finds_the_forms_pages(stage):
    visitor = Visitor(stage.list)
    pages = [visitor.get(page) for page in ("kind", "resume")]
    visitor.write(answers(stage.list, "not-eligible"))
    pages += [visitor.get("check"), visitor.post("check"), visitor.get("sent")]
    pages += [
        visitor.client.get("/responses/"),
        visitor.client.post("/responses/", {"number": "x", "code": "y"}),
    ]
    for page in pages:
        assert "no-store" in page["Cache-Control"]
        assert page["X-Robots-Tag"] == "noindex, noarchive"


def test_without_the_pages_token_nothing_is_taken(stage):
    strict = Visitor(stage.list)
    strict.client.handler.enforce_csrf_checks = True
    assert strict.post("kind", kind=LEFT_OUT).status_code == 403
    assert strict.client.post("/responses/", {"number": "x", "code": "y"}).status_code == 403
    assert not ResponseDraft.objects.exists()
