"""One ground for all walks: every request is undone as soon as its answer is read."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from relief.trail import clock
from tests import databases
from tests.matrix.ground import TODAY, Ground, make_ground


@pytest.fixture(scope="package")
def ground(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[Ground]:
    """Committed to a database of its own.

    Where it lay in a transaction that is open all the time, SQLite would read its whole schema anew after
    each request that is undone: the gate's rehearsal makes tables, and until the transaction ends every
    step back is taken for one behind that.
    """
    folder = tmp_path_factory.mktemp("ground")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=str(folder / "media")),
        databases.own_copy(databases.migrated_template(), folder),
    ):
        made = make_ground()
        with clock.moved_to(clock.at(TODAY)):
            yield made
