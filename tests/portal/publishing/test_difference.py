"""What a reviewer sees of a change: what was written, not how the editor marks paragraphs."""

import pytest

from portal.pages.models import NoticePage
from portal.publishing.difference import differences


def changes(before: str, after: str) -> list[str]:
    found = differences(NoticePage(title="通知", body=before), NoticePage(title="通知", body=after))
    return ["".join(mark.text for mark in one.marks if mark.kind != "same") for one in found]


def test_keys_that_the_editor_gives_its_paragraphs_are_no_change():
    before = "<p>按户发放。</p><p>不收费。</p>"
    after = '<p data-block-key="qi8bo">按户发放。</p><p data-block-key="p6z9b">不收费用。</p>'
    assert changes(before, after) == ["用"]


@pytest.mark.parametrize("key", ["210202199001011234", "张三", "q!8bo"])
def test_what_is_no_key_is_shown_in_its_place(key):
    assert key in "".join(changes("<p>按户发放。</p>", f'<p data-block-key="{key}">按户发放。</p>'))
