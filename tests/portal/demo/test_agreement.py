"""Every list of the demo says the same in all its forms, 中文 and English.

Page, CSV, Excel, JSON, poster, big screen, text to read aloud.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from portal.publicity.all_forms import FORMS
from relief.publicity.models import PublicList
from relief.publicity.queries import names_visible
from tests.portal.publicity import agreement
from tests.portal.publicity.agreement import LANGUAGES, Form

#: what is compared by itself, what all else is compared with, and what says nothing of the rows
ASIDE = {"poster", "json", "slip"}


def documents(client: Client, lists: Iterable[PublicList]) -> list[dict[str, Any]]:
    return [agreement.document_of(client, one.kind, one.number or "") for one in lists]


def differences(client: Client) -> list[str]:
    """Over every list that shows names today."""
    found = []
    for document in documents(client, shown()):
        found += agreement.faults_of_the_measure(document)
        for language in LANGUAGES:
            seen = {form.key: form for form in agreement.forms(client, document, language)}
            assert set(seen) == {form.key for form in FORMS} - ASIDE, document["number"]
            for form in seen.values():
                found += agreement.differences(document, form)
    return found


def differences_on_paper(client: Client) -> list[str]:
    posters = [
        (document, agreement.poster(client, document, language))
        for document in documents(client, shown())
        for language in LANGUAGES
    ]
    assert any(poster.rows for _document, poster in posters)
    return [words for document, poster in posters for words in agreement.differences(document, poster)]


def shown() -> list[PublicList]:
    return [one for one in PublicList.objects.exclude(number=None) if names_visible(one)]


def test_every_list_of_the_small_demo_agrees_in_all_its_forms(scratch_demo: str, client: Client) -> None:
    assert {one.kind for one in shown()} >= {"gs", "gg"}
    assert differences(client) == []


@pytest.mark.appearance
def test_every_list_of_the_small_demo_agrees_on_paper(scratch_demo: str, client: Client) -> None:
    assert differences_on_paper(client) == []


def test_lists_without_names_agree_in_their_counts(scratch_demo: str, client: Client) -> None:
    over = [one for one in PublicList.objects.exclude(number=None) if not names_visible(one)]
    assert len(over) >= 3
    for document in documents(client, over):
        assert document["rows"] == [] and agreement.faults_of_the_measure(document) == []
        for language in LANGUAGES:
            form = agreement.page(client, document, language)
            assert agreement.differences({**document, "left": []}, form) == []
            at = agreement.address(document, language)
            assert client.get(f"{at}screen.json").json()["items"] == []
            gone = [client.get(f"{at}{form}").status_code for form in ("data.csv", "data.xlsx", "poster.pdf")]
            assert gone == [410] * 3, document["number"]


def test_a_playlist_draws_what_the_screens_of_its_lists_draw(scratch_demo: str, client: Client) -> None:
    lists = {one.number: one for one in shown() if one.area_id == "101"}
    items = client.get("/screen.json?street=101&kinds=gs,gg,bg,cs").json()["items"]
    assert {item["number"] for item in items} == set(lists)
    for item in items:
        at = agreement.address({"kind": lists[item["number"]].kind, "number": item["number"]}, "zh")
        assert client.get(f"{at}screen.json").json()["items"] == [item]


@pytest.mark.long
def test_every_list_of_the_whole_district_agrees_in_all_its_forms(scratch_full: str, client: Client) -> None:
    assert {one.area_id for one in shown()} >= {"101", "107"}
    assert differences(client) == []


@pytest.mark.long
@pytest.mark.appearance
def test_every_list_of_the_whole_district_agrees_on_paper(scratch_full: str, client: Client) -> None:
    assert differences_on_paper(client) == []


# --- the comparison can fail ------------------------------------------------------------------------

ROW = {
    "row": 1,
    "code": "7K3M-Q9TX",
    "name": "王*英",
    "community": "10101",
    "persons": 2,
    "amount": "1326.00",
}
DOCUMENT = {
    "kind": "gs", "number": "gs-101-2026-001", "columns": list(ROW), "entries": 1, "persons": 2,
    "amount_sum": "1326.00", "rows": [{"salt": "00", "row": ROW}], "left": [{"row": 2}],
    "labels": {
        "columns": {key: {"zh": key, "en": key} for key in ROW},
        "communities": {"10101": {"zh": "东园社区", "en": "Dongyuan Community"}},
    },
}  # fmt: skip
RIGHT = Form(
    "page",
    "en",
    list(ROW),
    [
        ["1", "7K3M-Q9TX", "王*英", "Dongyuan\nCommunity", "2", "1,326"],
        ["2", "this row has left the list"],
    ],
    "1 household, 2 persons · 1,326 yuan a month",
)


def with_value(column: int, text: str) -> Form:
    first = [*RIGHT.rows[0]]
    first[column] = text
    return replace(RIGHT, rows=[first, RIGHT.rows[1]])


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (RIGHT, ""),
        (with_value(2, "王小英"), "name"),
        (with_value(3, "10101"), "community"),
        (with_value(4, "20"), "persons"),
        (with_value(5, "1326.50"), "amount"),
        (replace(RIGHT, heads=[*RIGHT.heads[:5], "Sum"]), "amount"),
        (replace(RIGHT, rows=[*RIGHT.rows, RIGHT.rows[0]]), "3 rows"),
        (replace(RIGHT, rows=RIGHT.rows[::-1]), "row"),
        (replace(RIGHT, text=RIGHT.text.replace("2 persons", "3 persons")), "counts"),
        (replace(RIGHT, text=RIGHT.text.replace("1,326", "11,326")), "sum"),
    ],
)
def test_the_comparison_names_what_differs(form: Form, told: str) -> None:
    found = agreement.differences(json.loads(json.dumps(DOCUMENT)), form)
    assert bool(found) == bool(told) and all(told in one for one in found[:1])
