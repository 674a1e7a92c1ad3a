"""A day is written one way in each language, by our filters and by Django's own."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.formats import date_format

from portal.templatetags.cap import day_in_words


@pytest.mark.parametrize(("language", "words"), [("en", "30 November 2026"), ("zh-hans", "2026年11月30日")])
def test_a_day_is_written_one_way(language: str, words: str) -> None:
    day = date(2026, 11, 30)
    with translation.override(language):
        assert date_format(day) == day_in_words(day) == words
