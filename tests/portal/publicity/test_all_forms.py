"""The forms that the publish gate reads are those that a list has (issue 5, item 10)."""

import dataclasses

from portal.publicity.all_forms import FORMS, AllForms
from portal.publicity.urls import urlpatterns

#: addresses beneath a list that show nothing of it (where one responds), or that no new list has
SHOW_NOTHING = ("respond", "correction")


def test_all_forms_are_listed_with_what_the_addresses_offer():
    """Whoever adds an address of a list adds its form, or says here why the gate need not read it."""
    acts = {p.name.split("-", 1)[1] for p in urlpatterns if p.name and p.name.startswith("gs-")}
    left = acts - {form.act for form in FORMS}
    assert {act for act in left if not act.startswith(SHOW_NOTHING)} == set()
    assert dataclasses.is_dataclass(FORMS[0]) and isinstance(AllForms().release(), str)
