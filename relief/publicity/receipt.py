"""Write a response down: number and query code are given once, words and respondent sealed at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from relief.applications.models import Application
from relief.confidential import evidence
from relief.confidential.blind import index_rows
from relief.confidential.models import BlindIndex
from relief.confidential.pictures import Picture
from relief.confidential.vault import Vault, new_vaults, subject_of
from relief.ledger.codes import random_code
from relief.ledger.series import next_number
from relief.places.models import Area
from relief.publicity.handlers import Due, handler_of
from relief.publicity.models import PublicList, Response
from relief.publicity.respondent import Said, identity
from relief.publicity.response_models import ResponseFile
from relief.trail import clock
from relief.trail.models import Event


@dataclass(frozen=True)
class Receipt:
    """What the person gets. The query code is known only now: of it a blind index is kept, nothing else."""

    response: Response
    query_code: str


def response_number(street: str, year: int) -> str:
    """The next receipt number of a street and year: `fy-101-2026-00017`."""
    return f"fy-{street}-{year}-{next_number(f'response:{street}:{year}'):05d}"


def asked_by(number: str, query_code: str) -> str:
    """What a respondent is known by: the receipt number with the query code, as one text."""
    return f"{number}\n{query_code}"


def written(
    public_list: PublicList,
    said: Said,
    event: Event,
    *,
    kind: str,
    due: Due,
    application: Application | None = None,
    community: Area | None = None,
    picture: Picture | None = None,
) -> Receipt:
    """Insert the response that `event` took down; the caller tells list and journal."""
    today = clock.today()
    street = application.area[:3] if application else public_list.area_id
    response = Response(
        number=response_number(public_list.area_id, today.year),
        public_list=public_list,
        application=application,
        kind=kind,
        channel=said.channel,
        received_on=today,
        named=said.respondent.named,
        community=community,
        about_staff=said.about_staff,
        due_on=due.day,
        handler=handler_of(
            kind,
            street=community.street_number if community else street,
            community=community.number if community else "",
            about_staff=said.about_staff,
        ),
    )
    vault = _sealed(response, said)
    response.save(event=event)
    code = random_code()
    _index(response, said, code)
    if picture is not None:
        _keep(picture, response, vault, event)
    return Receipt(response, code)


def _sealed(response: Response, said: Said) -> Vault:
    """Seal respondent and words under a key of their own; the vault for what hangs on the response."""
    vault = new_vaults([subject_of(response)])[0]
    response.respondent = vault.seal_optional("response.respondent", said.respondent.name)
    response.contact = vault.seal_optional("response.contact", said.respondent.contact)
    response.words = vault.seal("response.words", said.words)
    return vault


def _keep(picture: Picture, response: Response, vault: Vault, event: Event) -> None:
    ResponseFile.objects.create(
        response=response,
        stored_as=evidence.store(picture.jpeg, vault),
        sha256=picture.source_sha256,
        size=len(picture.jpeg),
        event_id=event.pk,
    )


def _index(response: Response, said: Said, code: str) -> None:
    """Rows by which the person and the receipt are found again."""
    texts: list[Mapping[str, str | None]] = [{"query-code": asked_by(response.number, code)}]
    if said.respondent.named:
        texts += [{"respondent": text} for text in identity(said.respondent)]
    subject = subject_of(response)
    BlindIndex.objects.bulk_create([row for text in texts for row in index_rows(subject, dict(text))])
