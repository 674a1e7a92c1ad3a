"""Every way to write a tracked row is refused by a guard or named by the witness counters (both databases).

The list is that of `reliability.md` §1.1, and the ways around our own guards besides.
"""

import asyncio
from collections.abc import Callable
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from django.core import serializers
from django.db import connection, models, transaction
from django.db.models import F
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from relief.models import Area, Station
from relief.places.set_up import SETUP, enter_area, enter_station
from relief.trail.models import Event
from relief.trail.record import record, set_if
from relief.trail.tracked import UntrackedWriteError
from relief.trail.triggers import tracked_models
from relief.trail.verify import differences


@pytest.fixture
def area(db: None) -> Area:
    row = enter_area("101", name_zh="河东街道", name_en="Hedong Street")
    enter_station(row, name_zh="站", name_en="Station", address_zh="路", address_en="Road", phone="1")
    return row


def other(area: Area) -> Area:
    return Area(number="102", level="street", name_zh="河西街道", name_en="Hexi Street")


def event(area: Area) -> Event:
    return record("enter-area", area, actor=SETUP.actor())


def renamed(area: Area) -> Area:
    area.name_en = "Renamed"
    return area


def only(area: Area) -> models.QuerySet:
    return Area.objects.filter(pk=area.pk)


def past(area: Area) -> models.QuerySet:
    """A plain queryset, made behind our managers' back."""
    return models.QuerySet(Area).filter(pk=area.pk)


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def off_switch(row: Area) -> None:
    row.skip_history_when_saving = True
    row.save(event=event(row))


def loaded(area: Area) -> None:
    text = serializers.serialize("json", [renamed(area)])
    for row in serializers.deserialize("json", text):
        row.save()


def awaited(call: Callable) -> None:
    async def run() -> None:
        answer = call()
        if asyncio.iscoroutine(answer):
            await answer

    async_to_sync(run)()


def born(area: Area) -> dict:
    return {"number": "103", "level": "street", "name_zh": "新街道", "name_en": "New Street"}


REFUSED: dict[str, Callable[[Area], object]] = {
    "update": lambda a: only(a).update(name_en="x"),
    "bulk_create": lambda a: Area.objects.bulk_create([other(a)]),
    "bulk_create that updates": lambda a: Area.objects.bulk_create(
        [renamed(a)], update_conflicts=True, unique_fields=["id"], update_fields=["name_en"]
    ),
    "bulk_update": lambda a: Area.objects.bulk_update([renamed(a)], ["name_en"]),
    "_raw_delete": lambda a: only(a)._raw_delete("default"),
    "delete of a queryset": lambda a: only(a).delete(),
    "delete of a row": lambda a: a.delete(),
    "create": lambda a: Area.objects.create(**born(a)),
    "get_or_create": lambda a: Area.objects.get_or_create(number="103", defaults=born(a)),
    "update_or_create, new": lambda a: Area.objects.update_or_create(number="103", defaults=born(a)),
    "update_or_create, old": lambda a: Area.objects.update_or_create(number="101", defaults={"name_en": "x"}),
    "save without an event": lambda a: other(a).save(),
    "save of a changed row": lambda a: renamed(a).save(),
    "save twice": lambda a: renamed(a).save(event=event(a)),
    "save(update_fields)": lambda a: renamed(a).save(event=event(a), update_fields=["name_en"]),
    "save(force_update)": lambda a: renamed(a).save(force_update=True),
    "save with F()": lambda a: (setattr(a, "name_en", F("name_zh")), a.save()),
    "save_without_historical_record": lambda a: renamed(a).save_without_historical_record(),
    "the same, of a new row": lambda a: other(a).save_without_historical_record(event=event(a)),
    "skip_history_when_saving": lambda a: off_switch(other(a)),
    "related update": lambda a: a.stations.update(phone="2"),
    "related delete": lambda a: a.stations.all().delete(),
    "related create": lambda a: a.stations.create(name_zh="s", name_en="s", phone="1"),
    "related bulk_create": lambda a: a.stations.bulk_create([Station(area=a, name_zh="s", name_en="s")]),
    "related set": lambda a: a.stations.set(a.stations.all(), clear=True),
    "related add": lambda a: a.stations.add(*a.stations.all()),
    "_base_manager update": lambda a: Area._base_manager.filter(pk=a.pk).update(name_en="x"),
    "_base_manager delete": lambda a: Area._base_manager.filter(pk=a.pk).delete(),
    "bulk_create_with_history": lambda a: bulk_create_with_history([other(a)], Area),
    "bulk_update_with_history": lambda a: bulk_update_with_history([renamed(a)], Area, ["name_en"]),
    "aupdate": lambda a: awaited(lambda: only(a).aupdate(name_en="x")),
    "abulk_create": lambda a: awaited(lambda: Area.objects.abulk_create([other(a)])),
    "abulk_update": lambda a: awaited(lambda: Area.objects.abulk_update([renamed(a)], ["name_en"])),
    "adelete": lambda a: awaited(lambda: only(a).adelete()),
    "acreate": lambda a: awaited(lambda: Area.objects.acreate(**born(a))),
    "aupdate_or_create": lambda a: awaited(
        lambda: Area.objects.aupdate_or_create(number="101", defaults={"name_en": "x"})
    ),
    "asave": lambda a: awaited(lambda: renamed(a).asave()),
}

NAMED: dict[str, Callable[[Area], object]] = {
    "a plain queryset's update": lambda a: past(a).update(name_en="x"),
    "a plain queryset's update that changes nothing": lambda a: past(a).update(name_en=a.name_en),
    "a plain queryset's bulk_create": lambda a: models.QuerySet(Area).bulk_create([other(a)]),
    "a plain queryset's _raw_delete": lambda a: models.QuerySet(Station).all()._raw_delete("default"),
    "loaddata": loaded,
    "save_base(raw)": lambda a: renamed(a).save_base(raw=True),
    "SQL update": lambda a: sql("UPDATE relief_area SET name_en = 'x'"),
    "SQL insert": lambda a: sql(
        "INSERT INTO relief_area (id, version, code, number, level, name_zh, name_en) "
        f"SELECT 99, 1, '{uuid4().hex}', '104', level, name_zh, name_en FROM relief_area"
    ),
    "SQL delete": lambda a: sql("DELETE FROM relief_station"),
    "SQL upsert": lambda a: sql(
        "INSERT INTO relief_area SELECT * FROM relief_area WHERE true "
        "ON CONFLICT (id) DO UPDATE SET name_en = 'x'"
    ),
}


@pytest.mark.both
@pytest.mark.parametrize("path", REFUSED)
def test_refused_by_a_guard(area, path):
    with pytest.raises(UntrackedWriteError), transaction.atomic():
        REFUSED[path](area)
    assert Area.objects.get().name_en == "Hedong Street"
    assert list(differences()) == []


@pytest.mark.both
@pytest.mark.parametrize("path", NAMED)
def test_named_by_the_witness(area, path):
    NAMED[path](area)
    assert "writes" in " ".join(difference.what for difference in differences())


@pytest.mark.both
def test_history_that_is_switched_off_refuses_an_insert_and_still_records_a_change(area, settings):
    settings.SIMPLE_HISTORY_ENABLED = False
    with pytest.raises(UntrackedWriteError):
        other(area).save(event=event(area))
    set_if(area, area.version, {"name_en": "Renamed"}, event(area))
    assert area.history.count() == 2
    assert list(differences()) == []


def test_outside_a_transaction_nothing_is_written(scratch):
    row = Area(number="102", level="street", name_zh="河西街道", name_en="Hexi Street")
    with pytest.raises(UntrackedWriteError):
        row.save(event=record("enter-area", row, actor=SETUP.actor()))
    assert not Area.objects.exists()


def test_a_plain_save_in_autocommit_is_named(scratch):
    """simple-history refuses its row only after ours is written: the witness still sees it."""
    area = enter_area("101", name_zh="河东街道", name_en="Hedong Street")
    area.name_en = "Renamed"
    with pytest.raises(UntrackedWriteError):
        area.save_base()
    assert [(d.table, d.row_id) for d in differences()] == [("relief_area", area.pk)] * 2


def test_no_tracked_model_has_a_many_to_many_or_hides_a_column():
    for model in tracked_models():
        assert not model._meta.many_to_many, model
        ours = {field.attname for field in model._meta.concrete_fields}
        assert {field.attname for field in model.history.model.tracked_fields} == ours, model
