"""Seals, keys, blind indexes, masking: by vectors, and what an altered, moved or forgotten value gives."""

import json
import uuid
from pathlib import Path

import pytest

from relief.confidential import blind as blind_room
from relief.confidential.blind import blind, index_rows, subjects_with
from relief.confidential.masking import mask_account, mask_id_number, mask_name, mask_phone
from relief.confidential.models import BlindIndex, DataKey
from relief.confidential.sealed import SealBroken, Sealed, open_with, seal_with
from relief.confidential.vault import FORGOTTEN, new_vaults, open_columns, open_many
from relief.households.models import Household, Person
from relief.officers.models import Role
from relief.trail.actor import Robot
from relief.trail.models import Access
from tests.factories import cases
from tests.factories.district import make_district

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text())
BY = Robot("tests")


@pytest.mark.parametrize("vector", VECTORS["seals"], ids=lambda vector: vector["purpose"])
def test_the_form_of_a_seal(vector, monkeypatch):
    key, key_id = bytes.fromhex(vector["key"]), uuid.UUID(vector["key_id"])
    sealed = Sealed(bytes.fromhex(vector["token"]))
    assert open_with(key, vector["purpose"], sealed) == vector["text"]
    assert sealed.key_id == key_id
    monkeypatch.setattr("os.urandom", lambda _count: bytes.fromhex(vector["nonce"]))
    assert seal_with(key, key_id, vector["purpose"], vector["text"]) == sealed


@pytest.mark.parametrize("vector", VECTORS["blind"], ids=lambda vector: vector["purpose"])
def test_the_form_of_a_blind_index(vector, monkeypatch):
    monkeypatch.setattr(blind_room, "index_key", lambda: bytes.fromhex(vector["index_key"]))
    assert blind(vector["purpose"], vector["text"]).hex() == vector["value"]


def test_every_altered_byte_breaks_a_seal():
    key = bytes(32)
    token = seal_with(key, uuid.uuid4(), "person.name", "王小英").token
    for place in (0, *range(17, len(token))):
        altered = bytearray(token)
        altered[place] ^= 1
        with pytest.raises(SealBroken):
            open_with(key, "person.name", Sealed(bytes(altered)))
    with pytest.raises(SealBroken):
        open_with(key, "person.phone", Sealed(token))
    with pytest.raises(SealBroken):
        open_with(bytes([1]) * 32, "person.name", Sealed(token))


def test_equal_texts_have_different_seals_that_show_nothing():
    (first, second) = (seal_with(bytes(32), uuid.uuid4(), "person.name", "王小英") for _ in range(2))
    assert first != second
    assert "王" not in f"{first} {first!r}"


@pytest.fixture
def person(db: None) -> Person:
    return cases.household(make_district()).memberships.get().person


def test_plain_text_can_not_be_assigned(person):
    for make in (
        lambda: Person(name="王小英").full_clean(),
        lambda: Person.objects.filter(name="王小英").count(),
    ):
        with pytest.raises(TypeError):
            make()


def test_opening_is_logged_by_subject_and_column_never_by_value(person):
    text = open_columns(person, ("name", "id_number"), by=BY, purpose="test")
    assert text["name"] in cases.NAMES
    look = Access.objects.order_by("-pk")[0]
    assert (look.purpose, look.subjects) == ("test", [f"person:{person.code}"])
    assert look.columns == ["person.id-number", "person.name"]
    assert text["name"] not in str(vars(look))


def test_a_swapped_value_does_not_open(person):
    with pytest.raises(SealBroken):
        open_many({"x": ("person.name", person.id_number)}, by=BY, purpose="test")


def test_fifty_names_cost_one_query_and_one_row_of_the_log(person, django_assert_num_queries):
    values = {str(n): ("person.name", person.name) for n in range(50)}
    with django_assert_num_queries(2):
        open_many(values, by=BY, purpose="test")


def test_who_is_forgotten_reads_as_a_dash_and_is_found_no_more(person):
    number = open_columns(person, ["id_number"], by=BY, purpose="test")["id_number"]
    subject = f"person:{person.code}"
    assert subjects_with("id-number", [number, "x"]) == {number: [subject]}
    assert subjects_with("phone", [number]) == {}
    DataKey.objects.filter(subject=subject).delete()
    BlindIndex.objects.filter(subject=subject).delete()
    person = Person.objects.get(pk=person.pk)
    assert open_columns(person, ["name"], by=BY, purpose="test") == {"name": FORGOTTEN}
    assert subjects_with("id-number", [number]) == {}


def test_a_key_under_another_master_key_does_not_open(person, monkeypatch):
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    monkeypatch.setattr("relief.confidential.vault._wrapper", lambda: AESGCM(bytes(32)))
    with pytest.raises(SealBroken, match="master key"):
        open_columns(person, ["name"], by=BY, purpose="test")


def test_indexes_are_made_of_what_is_there():
    assert [row.purpose for row in index_rows("person:x", {"name": "王", "phone": "", "account": None})] == [
        "name"
    ]
    with pytest.raises(ValueError, match="no blind index"):
        blind("shoe-size", "43")


@pytest.mark.django_db
def test_nothing_of_a_person_stands_in_clear():
    district = make_district()
    home = cases.household(district, persons=2)
    words = {member.name for member in cases.entry().members} | {"安宁里", "13900000000"}
    for model in (Person, Household, Person.history.model, Household.history.model, BlindIndex, DataKey):
        for row in model.objects.values():
            text = " ".join(str(value) for value in row.values())
            assert not [word for word in words if word in text], model
    assert home.memberships.count() == 2
    assert new_vaults(["response:1"])[0].seal("x", "y").token
    assert district.officer(Role.COMMUNITY_CLERK, "10101")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王英", "王*"),
        ("王小英", "王*英"),
        ("欧阳小英", "欧**英"),
        ("阿依古丽·买买提", "阿******提"),
        ("王", "*"),
        ("", ""),
        (" 王英 ", "王*"),
        ("𠮷野家", "𠮷*家"),
        ("Anna Maria Li", "A. M. L."),
        ("Li", "L*"),
    ],
)
def test_masked_names(name, shown):
    assert mask_name(name) == shown


def test_masked_numbers():
    assert mask_id_number("990101196003050017") == "*" * 18
    assert mask_phone("13812341234") == "138****1234"
    assert mask_phone("8831234") == "*******"
    assert mask_account("6222020000001234") == "************1234"
    assert mask_account("123") == "***"
