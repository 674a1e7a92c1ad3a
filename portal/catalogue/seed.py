"""The rows that every site has (`manage.py seed_catalogue`). Run again it changes nothing."""

from __future__ import annotations

from portal.catalogue.verbs import seed_rows
from relief.places.set_up import SETUP


def seed_catalogue() -> int:
    """How many rows were missing."""
    return seed_rows(by=SETUP)
