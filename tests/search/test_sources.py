"""Who hands over what is found: each source once, however often the apps become ready."""

from django.apps import apps

from search import engine, sources


def test_apps_that_become_ready_again_register_nothing_twice():
    before = {index: sources.registered(index) for index in ("public", "staff")}
    kept = engine.kept()
    apps.get_app_config("portal").ready()
    assert {index: sources.registered(index) for index in before} == before
    assert engine.kept() == kept and len(kept) == len({index.name for index in kept})
