"""What the domain's tables hold, readable: sealed values opened, chance left out."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from relief.confidential.models import BlindIndex, DataKey
from relief.confidential.sealed import Sealed, SealedField
from relief.confidential.vault import open_many
from relief.places.set_up import SETUP
from relief.trail.models import Access, Refusal

#: written by every request, or nothing but random bytes
LEFT_OUT = (Access, Refusal, DataKey)
#: columns that hold random values, or fingerprints of them
CHANCE = {
    "subject", "subject_code", "digest", "ref_digest", "input_digest", "salt", "commitment", "check_code",
    "row_code", "leaf", "row", "sealed_row", "last_login", "fingerprint", "forms", "stored_as",
}  # fmt: skip

#: blind indexes of what chance has made
RANDOM = ("query-code",)

Row = dict[str, Any]


def contents(known: dict[bytes, str]) -> dict[str, Row]:
    """Every row by table and key. `known` keeps the texts of sealed values that were opened before."""
    rows: dict[str, Row] = {}
    shut: dict[str, tuple[str, Sealed]] = {}
    for model in apps.get_app_config("relief").get_models():
        if model not in LEFT_OUT:
            fields = [field for field in model._meta.concrete_fields if _is_told(model, field)]
            for values in model._base_manager.values_list("pk", *(field.attname for field in fields)):
                row = dict(zip((field.name for field in fields), values[1:], strict=True))
                if row.get("purpose") in RANDOM:
                    del row["value"]
                rows[f"{model.__name__} {values[0]}"] = row
                for field in fields:
                    if isinstance(field, SealedField) and row[field.name] is not None:
                        shut[f"{row[field.name].token.hex()}"] = (field.purpose, row[field.name])
    new = {label: value for label, value in shut.items() if bytes.fromhex(label) not in known}
    known |= {bytes.fromhex(label): text for label, text in open_many(new, by=SETUP, purpose="test").items()}
    for row in rows.values():
        for name, value in row.items():
            if isinstance(value, Sealed):
                row[name] = known[value.token]
    return rows


def _is_told(model: type[models.Model], field: models.Field) -> bool:
    """Whether a column says the same after two equal acts; an Event's own words are sealed bytes."""
    if isinstance(field, models.BinaryField) and not isinstance(field, SealedField):
        return model is BlindIndex
    return not isinstance(field, models.UUIDField) and field.name not in CHANCE
