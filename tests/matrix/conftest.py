"""One ground for all walks: every request is undone as soon as its answer is read."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from relief.trail import clock
from tests.matrix.ground import TODAY, Ground, make_ground


@pytest.fixture(scope="package")
def ground(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[Ground]:
    folder = str(tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        made = make_ground()
        with clock.moved_to(clock.at(TODAY)):
            yield made
        transaction.set_rollback(True)
