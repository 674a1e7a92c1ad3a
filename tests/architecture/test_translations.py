"""Both languages are complete: every marked sentence is there, none empty, none fuzzy."""

import re

import pytest

from scripts import messages


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_sentence_is_translated(language):
    assert messages.problems(language) == []


# Names and formats that stay as they are in Chinese.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
SAME_IN_BOTH = {"CSV", "JSON", "XLSX", "PDF", "English"}


def test_the_chinese_is_chinese():
    """A sentence copied over untranslated shows as the same letters twice."""
    copied = [
        message.id
        for message in messages.read_catalogue("zh_Hans")
        if message.string == message.id and re.search("[A-Za-z]{3}", PLACEHOLDER.sub("", str(message.id)))
    ]
    assert [words for words in copied if words not in SAME_IN_BOTH] == []


def test_extraction_sees_python_and_templates(tmp_path, monkeypatch):
    """The collector itself: each way in which the house marks a sentence."""
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    page = tmp_path / "page.html"
    page.write_text(
        "{% load i18n %}{% translate 'one' %}{{ x|default:_('two') }}"
        "{% blocktranslate trimmed count n=n %}\n {{ n }} case\n"
        "{% plural %}\n {{ n }} cases{% endblocktranslate %}"
        "{% translate 'May' context 'month' %}"
    )
    code = tmp_path / "code.py"
    code.write_text("_('three')\nngettext('%(n)s day', '%(n)s days', n)\npgettext_lazy('month', 'June')\n")
    found = [*messages.template_sentences(page), *messages.python_sentences(code)]
    assert [(s.context, s.singular, s.plural) for s in found] == [
        (None, "one", None),
        (None, "two", None),
        (None, "%(n)s case", "%(n)s cases"),
        ("month", "May", None),
        (None, "three", None),
        (None, "%(n)s day", "%(n)s days"),
        ("month", "June", None),
    ]
