"""Every table of the portal goes out with an export or stays behind for a reason that is written down."""

from django.apps import apps

from portal.transfer.carried import LEFT_BEHIND, carried


def test_each_table_of_the_portal_comes_along_or_stays_for_a_reason():
    named = [one.label for one in carried()]
    there = {
        model._meta.label
        for model in apps.get_app_config("portal").get_models()
        if not model.__name__.startswith("Historical")
    }
    assert len(named) == len(set(named))
    assert there - set(named) == set(LEFT_BEHIND)
    assert all(LEFT_BEHIND.values())


def test_no_account_officer_or_household_comes_along():
    assert {one.model._meta.app_label for one in carried()} == {
        "portal", "search", "taggit", "wagtailcore", "wagtailredirects"
    }  # fmt: skip
