"""A count of searches waits for nobody long: on both databases it gives up and is lost."""

import threading

import pytest
from django.db import OperationalError, connections, transaction

from portal.finder.asked import Asked, note
from portal.finder.asked_models import AskedCount, AskedWords

PATIENCE_S = 20
ASKED = Asked("低保", "zh-hans", "192.0.2.1", 3, "found")


def test_a_count_gives_up_soon_where_somebody_else_writes(scratch):
    note(ASKED)
    writes, over = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with transaction.atomic():
                AskedWords.objects.update(found=7)
                writes.set()
                over.wait(PATIENCE_S)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert writes.wait(PATIENCE_S)
        with pytest.raises(OperationalError):
            note(ASKED)
    finally:
        over.set()
        writer.join()
    note(ASKED)
    assert AskedCount.objects.get().times == 2
