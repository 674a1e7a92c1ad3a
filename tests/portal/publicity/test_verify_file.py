"""A JSON form that somebody brings: right, old, altered in one row, no list at all, far too large."""

import copy
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from portal.publicity import verify_file
from relief.publicity.correction_models import Correction, CorrectionState
from relief.trail import bulk
from relief.trail.actor import Robot
from relief.trail.record import record, set_if
from tests.factories import stages

pytestmark = pytest.mark.django_db


def send(client, data, language="/en"):
    raw = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
    return client.post(f"{language}/verify/file/", {"file": SimpleUploadedFile("any.json", raw)})


def said(client, data, language="/en"):
    answer = send(client, data, language)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    return " ".join(answer.content.decode().split())


def document_of(client, stage):
    return client.get(f"{stage.path}data.json").json()


def test_the_published_file_agrees_in_both_languages(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        document = document_of(client, stage)
        assert "It agrees: this is the published list" in said(client, document)
        assert "3 rows of the file are as they were published." in said(client, document)
        assert "核对一致，与已发布的名单相同" in said(client, document, "")


def name(document):
    document["rows"][1]["row"]["name"] = "张*三"


def amount(document):
    document["rows"][0]["row"]["amount"] = "9999.00"


def salt(document):
    document["rows"][2]["salt"] = "00" * 16


def no_salt(document):
    del document["rows"][2]["salt"]


def dropped(document):
    del document["rows"][1]


def doubled(document):
    document["rows"].append(document["rows"][0])


def own_commitment(document):
    """A careful forger computes the commitment of his row, and the digest and code that follow from it."""
    from tests.portal.publicity import reading

    row = document["rows"][0]
    row["row"]["amount"] = "9999.00"
    document["commitments"][0] = reading.commitment(row["salt"], row["row"])
    document["digest"] = reading.digest(document)
    document["check_code"] = reading.check_code(document["digest"])


def title(document):
    document["title"]["zh"] += "（作废）"


def column(document):
    document["columns"].append("idcard")


def claimed(document):
    document["digest"] = "0" * 64


def float_amount(document):
    document["rows"][0]["row"]["amount"] = 9999.5


def rows_of_nonsense(document):
    document["rows"] = [None, 5, {"row": []}, {"salt": "zz", "row": {}}]


ALTERED = {
    name: "Row 2 (row 2 of the file) is not what was published.",
    amount: "Row 1 (row 1 of the file) is not what was published.",
    salt: "Row 3 (row 3 of the file) is not what was published.",
    no_salt: "Row 3 (row 3 of the file) is not what was published.",
    float_amount: "Row 1 (row 1 of the file) is not what was published.",
    dropped: "Row 2 is missing.",
    doubled: "Row 1 stands twice, the second time as row 4 of the file.",
    own_commitment: "Row 1 (row 1 of the file) is not what was published.",
    title: "Altered beside the rows: the title.",
    column: "Altered beside the rows: the columns.",
    claimed: "Altered beside the rows: the digest.",
    rows_of_nonsense: "Row 4 (row 4 of the file) is not what was published.",
}


def test_an_altered_file_is_found_out(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        original = document_of(client, stage)
        for alter, words in ALTERED.items():
            document = copy.deepcopy(original)
            alter(document)
            html = said(client, document)
            assert "this file was altered" in html, alter.__name__
            assert words in html, alter.__name__
            assert "It agrees" not in html
            assert "张*三" not in html and "9999" not in html


NO_LIST = (b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 200_000, b'{"number": 1}', b"NaN", b"1" * 9_000)


def test_what_is_no_list_is_answered_in_words(client):
    for data in NO_LIST:
        answer = send(client, data)
        assert answer.status_code == 422
        assert "This isn’t the JSON file of a list" in answer.content.decode()
    assert "govuk-error-summary" in client.post("/en/verify/file/").content.decode()


def test_a_key_written_twice_is_no_list(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        text = json.dumps(document_of(client, stage))
        twice = text.replace('"amount": "', '"amount": "9999.00", "amount": "', 1)
        assert twice != text and send(client, twice.encode()).status_code == 422


def test_a_list_never_published(client):
    head = {"number": "gs-101-2026-009", "rows": [], "commitments": [], "columns": []}
    assert "No list with this number was published" in said(client, head)
    assert "No list with this number was published" in said(client, {**head, "number": "' OR 1=1"})


def test_too_large_a_file(client, monkeypatch):
    monkeypatch.setattr(verify_file, "LARGEST", 100_000)
    answer = send(client, b"x" * 300_000)
    assert answer.status_code == 413
    assert "it is no list of this site" in answer.content.decode()


def test_nothing_of_a_file_reaches_a_disk(client, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    assert send(client, b'{"number": "x"}' * 10_000).status_code == 422
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("when", ["over", "deleted", "withdrawn"])
def test_a_file_outlives_its_names(client, when):
    stage = stages.running(stages.ground()) if when != "deleted" else stages.announced(stages.ground())
    with stages.on(stage.day):
        document = document_of(client, stage)
    later = {
        "over": stages.DAY + stages.timedelta(days=7),
        "deleted": (stage.list.names_until or stage.day) + stages.timedelta(days=1),
        "withdrawn": stage.day,
    }[when]
    with stages.on(later):
        if when == "deleted":
            stages.expire_names(stage.list)
        if when == "withdrawn":
            withdraw(stage.list)
        html = said(client, document)
        today = said(client, document_of(client, stage))
    words = "This list was withdrawn" if when == "withdrawn" else "It agrees: this is the published list"
    assert words in html and words in today
    assert "please delete it and don’t pass it on" in html
    assert "please delete it" not in today
    for row in stage.rows:
        assert str(row["code"]) not in html


def withdraw(public_list):
    with transaction.atomic():
        event = record("withdraw-list", public_list, actor=Robot("test").actor(), area="101")
        set_if(public_list, public_list.version, {"state": "withdrawn"}, event)


def test_an_earlier_edition_is_told_from_a_forgery(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        before = document_of(client, stage)
        old, code = stage.list.digest, stage.list.check_code
        corrected(stage.list, "ab" * 32)
        html = said(client, before)
        assert "It agrees with an earlier edition" in html and "See what changed" in html
        for typed in (old, code):
            page = client.get(f"/en/verify/{stage.list.number}/{typed}").content.decode()
            assert "this list was corrected since" in page and "One amount was wrong." in page
            assert "edition 2 took its place" in page
        chinese = client.get(f"/verify/{stage.list.number}/{old}").content.decode()
        assert "一户金额有误。" in chinese
        other = client.get(f"/en/verify/{stage.list.number}/{'0' * 64}").content.decode()
        assert "This is not the check code of the list" in other
        before["rows"][0]["row"]["amount"] = "1.00"
        assert "Row 1 (row 1 of the file) is not what was published." in said(client, before)


@transaction.atomic
def corrected(public_list, digest):
    """The traces that a correction leaves on the list: a new digest, the old one on record."""
    event = record("correct-list", public_list, actor=Robot("test").actor(), area="101")
    correction = Correction(
        public_list=public_list,
        state=CorrectionState.APPROVED,
        note_zh="一户金额有误。",
        note_en="One amount was wrong.",
        edition=2,
        digest_before=public_list.digest,
        digest_after=digest,
        proposed_on=stages.DAY,
        decided_on=stages.DAY,
    )
    bulk.create(Correction, [correction], event)
    set_if(public_list, public_list.version, {"digest": digest, "edition": 2}, event)


def test_after_many_wrong_tries_one_waits(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        for _n in range(30):
            assert client.get(f"/en/verify/{stage.list.number}/2222-3333").status_code == 200
        refused = client.get(f"/en/verify/{stage.list.number}/2222-3333")
        assert refused.status_code == 429 and int(refused["Retry-After"]) <= 601
        assert "Too many attempts" in refused.content.decode()
        right = client.get(f"/en/verify/{stage.list.number}/{stage.list.check_code}")
        other = client.get(f"/en/verify/{stage.list.number}/2222-3333", REMOTE_ADDR="10.9.9.9")
    assert right.status_code == other.status_code == 200
    with stages.on(stage.day, hour=10):
        assert client.get(f"/en/verify/{stage.list.number}/2222-3333").status_code == 200
