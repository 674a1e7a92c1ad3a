"""How text is cut, table by table: what a reader types and what stands in a text must come to the same."""

import unicodedata
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis
from search.analysis import folded_tokens, phrase
from search.characters import clean, fold, fold_with_places
from search.record import tokens_of
from search.sounds import heard_in, read_as_pinyin, title_sounds
from search.values import day_tokens, squeeze, value_tokens
from search.words import cut, english_forms
from tests.search.corpus import records

FOLDED = [
    ("最低生活保障標準", "最低生活保障标准"),
    ("２０２６年", "2026年"),
    ("ＡＥＤ Café", "aed cafe"),
    ("（民政）", "(民政)"),
    ("㎡", "m2"),
    ("臺灣 裏 後", "台湾 里 后"),
]
CUT = [
    ("低保标准", "低保 保标 标准 准"),
    ("保", "保"),
    ("2026年第3期", "2026年 年第 第 3期 期"),
    ("1,326.00元", "1326元 元"),
    ("12,3456", "12 3456"),
    ("03月", "3月 月"),
    ("3.50", "3.5"),
    ("低保，标准", "低保 保 标准 准"),
    ("Apply for AED", "apply for aed"),
    ("〇三年", "〇三 三年 年"),
    ("𰀀a", "𰀀 a"),
    ("ひらがな", "ひらがな"),
    ("a" * 100, "a" * 64),
    ("", ""),
    ("，。！？《》", ""),
    ("a\x00b\ud800c", "a bc"),
]
SOUGHT = [
    ("低保", "低保", False),
    ("低保标准", "低保 保标 标准", False),
    ("保", "保", True),
    ("2026年", "2026年", False),
    ("第3期", "第 3期", False),
    ("3米", "3", False),
    ("aed", "aed", False),
    ("", "", False),
]
VALUES = [
    ("明民发〔2026〕15号", "明民发202615号"),
    ("明民发[2026]15 号", "明民发202615号"),
    ("明民发 2026年第15号", "明民发202615号"),
    ("关于明民发（2026）15号", "明民发202615号"),
    ("〔2026〕15号", "202615号"),
    ("gs-101-2026-001", "gs1012026001"),
    ("ＧＳ 101 2026 001", "gs1012026001"),
    ("11210200MB0/2026-00012", "11210200mb0202600012"),
    ("2026年11月3日", "20261103"),
    ("2026-11-03", "20261103"),
    ("2026.11.3", "20261103"),
    ("2026年11月", "202611"),
    ("1,326.00 元", "1326元"),
]
PINYIN = [
    ("dibao", "di bao"),
    ("yiliaojiuzhu", "yi liao jiu zhu"),
    ("lvse", "lu se"),
    ("xian", "xian"),
    ("dbbz", None),
    ("policy", None),
    ("a" * 500, None),
    ("", None),
]
WORDS = [
    ("怎么申请低保", "申请 低保"),
    ("和平街道低保公示", "和平街道 低保 公示"),
    ("中和街道", "中和街道"),
    ("诸葛明", "诸葛明"),
    ("困境儿童保障", "困境 儿童 保障"),
]


@pytest.mark.parametrize(("written", "folded"), FOLDED)
def test_folded(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(("written", "cut_up"), CUT)
def test_tokens(written, cut_up):
    assert " ".join(folded_tokens(fold(clean(written, 500)))) == cut_up


@pytest.mark.parametrize(("folded", "words", "beginning"), SOUGHT)
def test_phrase(folded, words, beginning):
    assert phrase(folded) == (tuple(words.split()), beginning)


@pytest.mark.parametrize(("written", "token"), VALUES)
def test_value(written, token):
    assert value_tokens([written])[0] == token


def test_a_document_number_is_found_without_its_beginning():
    assert "202615号" in value_tokens(["明民发〔2026〕15号"])


def test_a_day_is_found_by_day_and_month():
    day = next(iter(records())).date
    assert day_tokens(day) == [f"{day:%Y%m%d}", f"{day:%Y%m}"]


@pytest.mark.parametrize(("letters", "read"), PINYIN)
def test_pinyin(letters, read):
    assert read_as_pinyin(letters) == (tuple(read.split()) if read else None)


def test_titles_sound():
    assert title_sounds("2026年低保标准") == (["nian", "di", "bao", "biao", "zhun"], ["nd", "db", "bb", "bz"])
    assert heard_in("明河区低保标准", ("di", "bao")) == "低保"
    assert heard_in("明河区", ("di", "bao")) == ""


@pytest.mark.parametrize(("han", "found"), WORDS)
def test_words(han, found):
    assert " ".join(cut(han)) == found


def test_english_forms():
    assert english_forms("policies") == ("policies", "policy")
    assert english_forms("standard") == ("standard", "standards")
    assert english_forms("aed") == ("aed",)


@given(st.text(max_size=80))
def test_whatever_is_typed_gives_tokens_that_every_engine_keeps_whole(text):
    for token in [*folded_tokens(fold(clean(text, 500))), *title_sounds(text)[0], *value_tokens([text])]:
        assert token
        assert not any(sign.isspace() or sign in "\"'*^~():\x00" for sign in token)
        assert not any(unicodedata.category(sign) == "Cs" for sign in token)
        assert len(token) <= analysis.TOKEN_LIMIT + 1


@given(st.text(max_size=80))
def test_every_folded_character_comes_from_somewhere(text):
    folded, places = fold_with_places(clean(text, 80))
    assert len(folded) == len(places)
    assert list(places) == sorted(places)


def test_ten_thousand_characters_are_bounded():
    assert len(squeeze("低保" * 5000)) <= analysis.TOKEN_LIMIT
    assert len(folded_tokens(fold(clean("保" * 10_000, 500)))) == 500


def test_the_stamp_is_raised_when_tokens_change():
    """Indexes made under the same stamp are taken for good: change ANALYSIS, then this digest."""
    made = repr([tokens_of(record) for record in records()[::40]])
    assert (analysis.ANALYSIS, sha256(made.encode()).hexdigest()[:16]) == ("3", "48fec0df24dedb69")
