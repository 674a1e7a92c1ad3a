"""What changes in public without a publication is read anew once it is committed."""

from datetime import date

import pytest
from django.test import TestCase
from wagtail.models import Collection, CollectionViewRestriction

from portal.pages.standards import SHOWN
from relief.schedule.run import run_due
from relief.standards import in_force
from relief.standards.models import Standard
from search import engine, follow, told
from search.compared import compared_on, remember
from search.embedded import EmbeddedIndex
from search.index import Unavailable
from tests.portal.finder import test_files
from tests.portal.finder.test_following import keys
from tests.portal.finder.test_named import carrying, paper

pytestmark = pytest.mark.django_db
room = test_files.room  # files are read in this process


@pytest.fixture
def follows(room, settings, monkeypatch):
    """What is committed is noted as in a running site; the thread is left out."""
    settings.SEARCH_FOLLOWS = True
    monkeypatch.setattr(told.NOTING.follower, "wake", lambda: None)
    return room


def committed():
    """What is done within is committed, for those who wait for it."""
    return TestCase.captureOnCommitCallbacks(execute=True)


def test_another_title_of_a_file_is_found_where_it_stands(follows):
    document = paper()
    page = carrying(follows, document)
    both = {f"page:{page.pk}:zh-hans", f"file:{document.versions.get().pk}:zh-hans"}
    assert set(keys("取暖申请表")) == both
    document.title = "煤票申领表"
    with TestCase.captureOnCommitCallbacks():  # it never is
        document.save()
    assert not told.notes().waiting()
    with committed():
        document.save()
    assert [(one.job, one.failed) for one in run_due([told.NOTING.job])] == [("write-search", False)]
    assert list(run_due([told.NOTING.job])) == []
    assert set(keys("煤票申领表")) == both
    assert keys("取暖申请表") == []


def test_a_collection_that_is_closed_hides_its_files_once_it_is_committed(follows):
    inside = Collection.get_first_root_node().add_child(name="内部")
    document = paper(collection=inside)
    carrying(follows, document)
    file = f"file:{document.versions.get().pk}:zh-hans"
    assert file in keys("取暖申请表")
    with committed():
        closed = CollectionViewRestriction.objects.create(collection=inside, restriction_type="login")
    assert told.write() > 0
    assert file not in keys("取暖申请表")
    with committed():
        closed.delete()
    told.write()
    assert file in keys("取暖申请表")


def test_a_collection_below_a_closed_one_hides_its_files_until_it_is_moved_back(follows):
    root = Collection.get_first_root_node()
    closed = root.add_child(name="内部")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    above = root.add_child(name="表格")
    document = paper(collection=above.add_child(name="取暖"))
    carrying(follows, document)
    file = f"file:{document.versions.get().pk}:zh-hans"
    told.write()
    assert file in keys("取暖申请表")
    for parent, found in ((closed, False), (root, True)):
        with committed():
            Collection.objects.get(pk=above.pk).move(Collection.objects.get(pk=parent.pk), "sorted-child")
        assert told.write() > 0
        assert (file in keys("取暖申请表")) is found


def test_a_value_of_the_law_is_told_when_it_is_entered(follows):
    name = next(iter(SHOWN))
    known = Standard.objects.filter(name=name).latest("from_date")
    with committed():
        in_force.enter_standard(
            name,
            kind=known.kind,
            value=known.value,
            from_date=date(2027, 1, 1),
            clause=known.clause,
        )
    with told.notes().taken() as noted:
        assert noted == [f"standard:{name}:zh-hans", f"standard:{name}:en"]


def test_an_index_that_is_dead_meanwhile_is_compared_when_it_is_back(follows, monkeypatch):
    index = engine.embedded()
    remember(index, "2026-11-30")

    def dead(*_args):
        raise Unavailable

    with monkeypatch.context() as patched:
        patched.setattr(EmbeddedIndex, "apply", dead)
        follow.keep_public(["page:1:zh-hans"])
    assert compared_on(index) == ""
