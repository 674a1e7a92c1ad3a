"""Prepared queries find what the same querysets find, with other values each time."""

from uuid import UUID

from django.db.models import BigIntegerField, CharField, UUIDField
from wagtail.models import Page

from portal.pages.policy import PolicyPage
from portal.prepared import Asked, Prepared, PreparedObjects
from tests.factories.pages import seeded

SLUGS = Prepared(
    lambda: Page.objects.filter(slug=Asked("slug", CharField())).order_by("pk").values_list("pk", "live")
)
BY_KEY = PreparedObjects(
    lambda: Page.objects.filter(translation_key=Asked("key", UUIDField()), depth=2).order_by("pk")
)
TITLES = PreparedObjects(lambda: Page.objects.filter(pk=Asked("pk", BigIntegerField())), ("id", "title"))


def test_rows_are_those_of_the_queryset_with_their_types(db):
    seeded()
    for slug in ("policies", "notices", "nowhere"):
        assert SLUGS(slug=slug) == list(
            Page.objects.filter(slug=slug).order_by("pk").values_list("pk", "live")
        )
    assert all(live is True for _pk, live in SLUGS(slug="policies"))


def test_objects_are_whole(db, django_assert_num_queries):
    home = seeded()["zh-hans"]
    with django_assert_num_queries(1):
        found = BY_KEY(key=home.translation_key)
        assert [page.title for page in found] == ["首页", "Home"]
    assert isinstance(found[0].translation_key, UUID)
    for field in Page._meta.concrete_fields:
        assert getattr(found[0], field.attname) == getattr(Page.objects.get(pk=home.pk), field.attname)
    assert BY_KEY.first(key=UUID(int=0)) is None


def test_columns_that_were_left_out_are_read_when_they_are_wanted(db, django_assert_num_queries):
    home = seeded()["zh-hans"]
    with django_assert_num_queries(1):
        assert TITLES.first(pk=home.pk).title == "首页"
    with django_assert_num_queries(2):
        assert TITLES.first(pk=home.pk).slug == home.slug
    assert PolicyPage.objects.count() == 0
