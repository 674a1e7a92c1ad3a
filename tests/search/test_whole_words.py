"""Words kept whole: a token of their own is there exactly where their pairs stand one behind the other."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import folded_tokens, phrase
from search.characters import fold
from search.embedded import EmbeddedIndex
from search.embedded_match import match
from search.index import Look
from search.plan import ALL, TEXT, TITLE, Alternative, Stage, Tier
from search.record import Record, tokens_of
from search.whole_words import WHOLE, whole_word

BETWEEN = ["", " ", "，", "2026年", "a", "低保", "保障", "最低", "年", "最低生活保障", "，\n"]
written = st.lists(st.sampled_from([*WHOLE, *BETWEEN, "大病救助金", "最低生活保障線"])).map("".join)


def record(title: str, body: str) -> Record:
    return Record("page:1:zh-hans", "notice", "zh-hans", title, "/", date(2026, 1, 2), body=body)


def stands_in(word: str, text: str) -> bool:
    """As the engine would find it by its pairs."""
    pairs, _beginning = phrase(word)
    there = folded_tokens(fold(text))
    return any(tuple(there[at : at + len(pairs)]) == pairs for at in range(len(there)))


@given(title=written, body=written)
def test_a_word_has_its_token_where_its_pairs_stand(title, body):
    kept = set(tokens_of(record(title, body)).whole)
    for word in WHOLE:
        assert (whole_word(word, in_title=True) in kept) == stands_in(word, title), word
        anywhere = stands_in(word, title) or stands_in(word, body)
        assert (whole_word(word, in_title=False) in kept) == anywhere, word


def test_the_fields_words_are_kept_whole_in_simplified_characters_and_short_ones_are_not():
    assert "最低生活保障" in WHOLE
    assert "低保" not in WHOLE
    assert not [word for word in WHOLE if word.isascii()]
    assert tokens_of(record("最低生活保障標準", "")).whole == [
        "t最低生活保障",
        "t最低生活保障标准",
        "最低生活保障",
        "最低生活保障标准",
    ]


def test_a_word_that_is_kept_whole_is_asked_for_by_one_token():
    known, unknown, latin = (Alternative(TEXT, word) for word in ("最低生活保障", "取暖补助", "dibao"))
    assert match(Tier("any", ((known,),), TITLE, 1)) == '(whole : "t最低生活保障")'
    assert match(Tier("any", ((known,),), ALL, 1)) == '(whole : "最低生活保障")'
    assert match(Tier("any", ((unknown,),), TITLE, 1)) == '(title : "取暖 暖补 补助")'
    assert match(Tier("any", ((unknown,),), ALL, 1)) == '("取暖 暖补 补助")'
    assert match(Tier("any", ((latin,),), ALL, 1)) == '({title body} : "dibao")'


def test_what_only_another_column_holds_is_not_found_as_text(tmp_path):
    """No value, sound or initial looks like a token of a text, though texts are asked for in any column."""
    index = EmbeddedIndex(tmp_path)
    valued = replace(record("关于取暖的通知", ""), exact=("城关", "2026年", "3号"), street="城关")
    index.rebuild([valued], cursor=1)

    def keys(*words: str) -> list[str]:
        groups = tuple((Alternative(TEXT, word),) for word in words)
        return index.keys(Look(Stage("found", (Tier("any", groups, ALL, len(groups)),))))

    assert keys("取暖") == keys("关于", "通知") == [valued.key]
    for word in ("城关", "2026年", "3号", "城", "tong", "tz"):
        assert keys(word) == [], word
