"""A response being written on the web (草稿): sealed under a key of its own, found by its resume code.

Nothing of it was said yet, so no Event tells of it and nothing of it stays: it is deleted when it is sent, or
after a day. The table knows the code only as a keyed hash, so who reads the table can't go on with a draft.
"""

from __future__ import annotations

import hmac
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from relief.confidential import evidence
from relief.confidential.master import index_key
from relief.confidential.models import DataKey
from relief.confidential.pictures import Picture
from relief.confidential.vault import Vault, new_vaults, open_vault
from relief.errors import Refused
from relief.ledger.codes import SYMBOLS, random_code
from relief.publicity.models import PublicList
from relief.publicity.response_models import ResponseDraft
from relief.trail import clock
from relief.trail.actor import Acting

#: how long answers that aren't sent are kept
KEPT = timedelta(hours=24)
#: how long the receipt can be shown again once they are sent: a second press finds it
RECEIPT_KEPT = timedelta(hours=1)
PURPOSE = "response-draft.answers"
CODE_LENGTH = 12


@dataclass(frozen=True)
class Sent:
    """What whoever responds must keep: the receipt's number and the query code."""

    number: str
    query_code: str


def start_draft(public_list: PublicList, answers: Mapping[str, Any]) -> tuple[str, ResponseDraft]:
    """A new draft with its first answers. Returns the resume code, which is stored nowhere, and the draft."""
    code = f"{random_code()}-{random_code()[:4]}"
    draft = ResponseDraft(code=_hidden(code), public_list=public_list, started_at=clock.now())
    with transaction.atomic():
        draft.answers = _sealed(new_vaults([subject_of_draft(draft)])[0], answers)
        draft.save(force_insert=True)
    return code, draft


def find_draft(code: str, public_list: PublicList) -> ResponseDraft | None:
    """The draft of this resume code for this list; None when there is none, or its day is over."""
    if not (code := normalise_resume_code(code)):
        return None
    since = clock.now() - KEPT
    drafts = ResponseDraft.objects.filter(public_list=public_list, started_at__gt=since)
    return drafts.filter(code=_hidden(code)).first()


def normalise_resume_code(typed: str) -> str:
    """What a person typed, as it would be shown (`XXXX-XXXX-XXXX`); empty when it can't be a code."""
    text = "".join(sign for sign in typed.upper() if not sign.isspace() and sign not in "-－")
    if len(text) != CODE_LENGTH or any(sign not in SYMBOLS for sign in text):
        return ""
    return "-".join(text[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def read_answers(draft: ResponseDraft) -> dict[str, Any]:
    """The answers so far, for the one who writes them: their own words, so no look is logged."""
    assert draft.answers is not None
    answers: dict[str, Any] = json.loads(_vault(draft).unseal(PURPOSE, draft.answers))
    return answers


def keep_answers(draft: ResponseDraft, changes: Mapping[str, Any]) -> None:
    """Put `changes` over the answers so far; None takes one away.

    Raises ResponseDraft.DoesNotExist when it was deleted or sent meanwhile.
    """
    with transaction.atomic():
        _change(_held(draft), changes)


def keep_picture(draft: ResponseDraft, picture: Picture | None) -> None:
    """Keep a picture in place of an earlier one, or note that none is wished. Raises DoesNotExist."""
    with transaction.atomic():
        held = _held(draft)
        _remove_file(held)
        held.stored_as = evidence.store(picture.jpeg, _vault(held)) if picture else ""
        facts = asdict(picture) if picture else {}
        facts.pop("jpeg", None)
        _change(held, {"picture": facts})


def picture_of(draft: ResponseDraft, answers: Mapping[str, Any], *, by: Acting) -> Picture | None:
    """The picture of a draft that is being sent; opening it is a logged look."""
    if not draft.stored_as:
        return None
    subject = subject_of_draft(draft)
    jpeg = evidence.read(draft.stored_as, subject, by=by, purpose="send-response")
    return Picture(jpeg=jpeg, **answers["picture"])


def sent_receipt(draft: ResponseDraft) -> Sent | None:
    """The receipt when the draft was sent already."""
    receipt = read_answers(draft).get("receipt")
    return Sent(**receipt) if receipt else None


def send_draft(draft: ResponseDraft, respond: Callable[[ResponseDraft, dict[str, Any]], Sent]) -> Sent:
    """Send once, however often it is asked: what was said is deleted, only the receipt stays for an hour.

    `respond` is the act, given the draft and its answers. What it refuses is raised, and the draft stays.
    Raises ResponseDraft.DoesNotExist when it was deleted meanwhile.
    """
    refusal: Refused | None = None
    with transaction.atomic():
        held = _held(draft)
        answers = read_answers(held)
        if "receipt" in answers:
            return Sent(**answers["receipt"])
        try:
            sent = respond(held, answers)
        except Refused as refused:  # raised below: its record must not be rolled back
            refusal = refused
        else:
            _keep_receipt_only(held, sent)
    if refusal is not None:
        raise refusal
    return sent


def delete_draft(draft: ResponseDraft) -> ResponseDraft | None:
    """Delete a draft with its key, so that nothing of it can be read any more. None when it is gone."""
    with transaction.atomic():
        _forget_key(draft)
        _remove_file(draft)
        gone, _tables = ResponseDraft.objects.filter(pk=draft.pk).delete()
    return draft if gone else None


def drafts_due() -> QuerySet[ResponseDraft]:
    """Drafts whose day is over."""
    return ResponseDraft.objects.filter(started_at__lte=clock.now() - KEPT).order_by("pk")


def kept_until(draft: ResponseDraft) -> datetime:
    """The last moment at which one can go on with it."""
    return draft.started_at + KEPT


def subject_of_draft(draft: ResponseDraft) -> str:
    """The plain code under which the draft's key stands."""
    return f"draft:{draft.code}"


def _keep_receipt_only(draft: ResponseDraft, sent: Sent) -> None:
    """A new key for the receipt: with the old one all that was said is unreadable, in every copy."""
    _forget_key(draft)
    _remove_file(draft)
    vault = new_vaults([subject_of_draft(draft)])[0]
    draft.answers = _sealed(vault, {"receipt": {"number": sent.number, "query_code": sent.query_code}})
    draft.stored_as = ""
    draft.started_at = clock.now() - KEPT + RECEIPT_KEPT
    draft.save(update_fields=["answers", "stored_as", "started_at"])


def _change(held: ResponseDraft, changes: Mapping[str, Any]) -> None:
    answers = {**read_answers(held), **changes}
    if "receipt" in answers:
        raise ResponseDraft.DoesNotExist
    kept = {name: value for name, value in answers.items() if value is not None}
    held.answers = _sealed(_vault(held), kept)
    held.save(update_fields=["answers", "stored_as"])


def _held(draft: ResponseDraft) -> ResponseDraft:
    return ResponseDraft.objects.select_for_update().get(pk=draft.pk)


def _vault(draft: ResponseDraft) -> Vault:
    return open_vault(DataKey.objects.get(subject=subject_of_draft(draft)))


def _remove_file(draft: ResponseDraft) -> None:
    if stored_as := draft.stored_as:
        transaction.on_commit(lambda: evidence.remove(stored_as))


def _forget_key(draft: ResponseDraft) -> None:
    DataKey.objects.filter(subject=subject_of_draft(draft)).delete()


def _sealed(vault: Vault, answers: Mapping[str, Any]) -> Any:
    return vault.seal(PURPOSE, json.dumps(dict(answers), ensure_ascii=False, sort_keys=True))


def _hidden(code: str) -> uuid.UUID:
    """The code as the table knows it."""
    return uuid.UUID(bytes=hmac.digest(index_key(), b"draft\0" + code.encode(), "sha256")[:16])
