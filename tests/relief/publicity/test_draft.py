"""A draft of a response: sealed, found by its code alone, sent once, gone without a trace."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as set_up
from django.db import connection

from relief.confidential.models import DataKey
from relief.confidential.pictures import Picture
from relief.errors import Blocked, Reason
from relief.publicity import draft as drafts
from relief.publicity.draft import Sent, find_draft, keep_answers, keep_picture, send_draft, start_draft
from relief.publicity.models import PublicList
from relief.publicity.response_models import ResponseDraft
from relief.trail.actor import Robot
from tests.factories.district import make_district
from tests.factories.objections import in_publicity
from tests.factories.stages import DAY, on
from tests.portal.demo.private import forms_of, stored_bytes

WORDS = "草稿里写的一段话，提交之前谁也读不到。"
LATER = "草稿里改过的另一段话，也是一样。"
PICTURE = Picture(b"\xff\xd8\xff" + bytes(500), 20, 20, "0" * 64, "1" * 64, "2" * 64)


@pytest.fixture
def running(scratch: str, tmp_path: Path, settings: Any) -> PublicList:
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    with on(DAY):
        return in_publicity(make_district(), size=1)[0]


def files() -> list[Path]:
    return [one for one in Path(set_up.EVIDENCE_ROOT).rglob("*") if one.is_file()]


def test_sent_twice_at_the_same_moment_it_is_sent_once(running: PublicList):
    with on(DAY):
        _code, draft = start_draft(running, {"words": WORDS})
    acts: list[str] = []
    gun, answers = threading.Barrier(2), []

    def act(held: ResponseDraft, said: dict[str, Any]) -> Sent:
        acts.append(said["words"])
        return Sent(f"fy-{len(acts)}", "2222-2222")

    def press() -> None:
        with on(DAY):
            connection.ensure_connection()
            gun.wait(timeout=60)
            answers.append(send_draft(draft, act))
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert acts == [WORDS]
    assert answers == [Sent("fy-1", "2222-2222")] * 2


def test_what_was_typed_is_nowhere_before_and_after_sending(running: PublicList, scratch: str):
    with on(DAY):
        code, draft = start_draft(running, {"words": WORDS})
        keep_answers(draft, {"words": LATER})
        keep_picture(draft, PICTURE)
        assert [PICTURE.jpeg in one.read_bytes() for one in files()] == [False]
        key = DataKey.objects.get(subject__startswith="draft:").wrapped
        assert leaks(scratch, code) == []
        draft.refresh_from_db()
        found = drafts.picture_of(draft, drafts.read_answers(draft), by=Robot("test"))
        assert found == PICTURE
        send_draft(draft, lambda held, said: Sent("fy-1", "2222-2222"))
        assert DataKey.objects.get(subject__startswith="draft:").wrapped != key
        assert files() == []
        assert leaks(scratch, code) == []
        kept = find_draft(code, running)
        assert kept is not None
        assert set(drafts.read_answers(kept)) == {"receipt"}
        assert drafts.delete_draft(kept) is not None
        assert drafts.delete_draft(kept) is None
    assert not DataKey.objects.filter(subject__startswith="draft:").exists()


def leaks(scratch: str, code: str) -> list[str]:
    stored = stored_bytes(scratch)
    return [text for text in (WORDS, LATER, code) for form in forms_of(text) if form in stored]


def test_a_refusal_keeps_the_draft_and_its_record(running: PublicList):
    with on(DAY):
        _code, draft = start_draft(running, {"words": WORDS})

        def refuse(held: ResponseDraft, said: dict[str, Any]) -> Sent:
            raise Blocked(Reason("objected-already", "twice"))

        with pytest.raises(Blocked):
            send_draft(draft, refuse)
        assert drafts.read_answers(draft) == {"words": WORDS}


def test_no_other_code_finds_a_draft(running: PublicList):
    with on(DAY):
        start_draft(running, {})
        for typed in ("", "2222", "O000-0000-0000", "2222-2222-2222", "长" * 12, "\x00" * 12):
            assert find_draft(typed, running) is None, typed
