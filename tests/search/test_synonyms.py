"""Synonyms: entered, changed and ended with a reason; they hold with the next search."""

import pytest

from relief.errors import Invalid, NotAllowed, WrongState
from relief.officers.models import Role
from relief.places.set_up import SETUP
from search.models import SynonymGroup
from search.synonym_seed import GROUPS
from search.synonym_verbs import change_synonyms, end_synonyms, make_synonyms, seed_synonyms
from search.synonyms import current
from search.thesaurus import thesaurus
from tests.portal.cms.staff import district_with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return district_with_rights()


@pytest.fixture
def editor(district):
    return district.officer(Role.EDITOR)


def meanings(word):
    return {one for _start, _end, group in current().found_in(word) for one in group}


def test_a_site_begins_with_the_words_of_the_field_once():
    assert seed_synonyms(by=SETUP) == len(GROUPS)
    assert seed_synonyms(by=SETUP) == 0
    assert {"低保", "最低生活保障", "dibao"} <= meanings("dibao")
    assert "公告" not in meanings("公示")


def test_no_word_stands_in_two_of_the_groups():
    words = [word for group in GROUPS for word in group]
    assert len(words) == len(set(words))


def test_a_change_holds_with_the_next_search_and_leaves_its_history(editor, django_assert_num_queries):
    group = make_synonyms(["慈善超市", "爱心超市"], by=editor, why="居民两种说法都用")
    assert meanings("爱心超市") == {"爱心超市", "慈善超市"}
    changed = change_synonyms(
        group, by=editor, version=group.version, words=["慈善超市", "爱心超市", "慈善商店"], why="补一个"
    )
    assert "慈善商店" in meanings("爱心超市")
    with django_assert_num_queries(1):
        current()
    ended = end_synonyms(changed, by=editor, version=changed.version, why="不再使用")
    assert meanings("爱心超市") == set()
    assert ended.history.count() == 3
    assert [one.why for one in ended.history.all()] == ["不再使用", "补一个", "居民两种说法都用"]
    with pytest.raises(WrongState):
        end_synonyms(ended, by=editor, version=ended.version, why="再一次")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["低保"],
        ["低保", "低保 "],
        ["ＡＥＤ", "aed"],
        ["一", "二\x00"],
        ["字" * 41, "词"],
        [f"词{n}" for n in range(13)],
    ],
)
def test_what_is_no_group_is_refused(editor, words):
    with pytest.raises(Invalid) as refused:
        make_synonyms(words, by=editor, why="试一试")
    assert list(refused.value.fields) == ["words"]


def test_a_word_belongs_to_one_group_and_a_reason_is_asked_for(editor):
    group = make_synonyms(["慈善超市", "爱心超市"], by=editor, why="两种说法")
    with pytest.raises(Invalid):
        make_synonyms(["愛心超市", "便民店"], by=editor, why="又一组")
    with pytest.raises(Invalid):
        change_synonyms(group, by=editor, version=group.version, words=group.listed, why=" ")


def test_others_may_not(district):
    clerk = district.officer(Role.DISTRICT_APPROVER)
    with pytest.raises(NotAllowed):
        make_synonyms(["甲词", "乙词"], by=clerk, why="想试试")
    assert not SynonymGroup.objects.exists()


def test_the_longest_word_is_meant_and_latin_words_only_whole():
    words = thesaurus([["低保", "最低生活保障"], ["低保边缘", "低收入家庭"], ["tk", "特困"]])
    assert [group for _s, _e, group in words.found_in("低保边缘")] == [("低保边缘", "低收入家庭")]
    assert words.found_in("tkx") == []
    assert words.found_in("tk 低保")[0][2] == ("tk", "特困")
