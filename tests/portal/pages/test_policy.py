"""Policies: what is refused with which words, what a translation reads from its source, what a page shows."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from portal.pages.policy import PolicyChange, PolicyPage
from portal.pages.policy_rules import plain_number
from portal.publishing.withdraw import withdraw
from relief.trail import clock
from tests.factories.texts import newsroom, saved
from tests.portal.pages.texts import changed, html, in_english, interpretation, notice, policy

MOST_QUERIES = 15


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("明民发[2026] 3号", "明民发〔2026〕3号"),
        ("明民发（2026）3号", "明民发〔2026〕3号"),
        ("明民发〔2026〕3号", "明民发〔2026〕3号"),
        (None, ""),
    ],
)
def test_a_document_number_is_kept_as_it_is_printed(typed, kept):
    assert plain_number(typed) == kept


def test_two_policies_never_have_one_number(home):
    policy(home, "3", title="救助办法")
    with pytest.raises(ValidationError) as refused:
        policy(home, "4", number="明民发[2026]3号")
    words = str(refused.value)
    assert "救助办法" in words and "/policies/3/" in words


def test_a_policy_without_its_dates_is_refused(home):
    with pytest.raises(ValidationError) as refused:
        policy(home, "5", signed_on=None, since=None)
    assert set(refused.value.message_dict) == {"signed_on", "in_force_from"}
    with pytest.raises(ValidationError):
        policy(home, "6", ends_on=date(2025, 12, 31))


def test_loops_of_any_length_are_refused_and_named(home):
    first, second, third = (policy(home, slug, title=f"文件{slug}") for slug in "123")
    changed(first, "amends", second)
    changed(second, "repeals", third)
    for page, by in ((second, first), (third, first), (first, first)):
        page = PolicyPage.objects.get(pk=page.pk)
        page.changed_by.add(PolicyChange(kind="amends", by=by))
        with pytest.raises(ValidationError) as refused:
            saved(page)
        assert f"“{page.title}”" in str(refused.value) and "文件1" in str(refused.value)
    assert PolicyChange.objects.count() == 2


def test_two_drafts_that_close_a_loop_are_refused_when_the_second_is_published(home):
    first, second = policy(home, "1"), policy(home, "2")
    drafts = []
    for page, by in ((first, second), (second, first)):
        page = PolicyPage.objects.get(pk=page.pk)
        page.changed_by.add(PolicyChange(kind="amends", by=by))
        drafts.append(page.save_revision())
    saved(drafts[0].as_object())
    with pytest.raises(ValidationError):
        saved(drafts[1].as_object())


def test_relations_take_effect_with_the_other_text_and_drafts_tell_nothing(home):
    old, new = policy(home, "1", title="旧办法"), policy(home, "2", title="新办法", since=date(2026, 3, 3))
    old = changed(old, "repeals", new)
    before = html("/policies/1/")
    assert "现行有效" in before and "新办法" in before and "2026年3月3日" in before
    with clock.moved_to(clock.at(date(2026, 3, 3))):
        after = html("/policies/1/")
        assert "已废止" in after and "cap-status--ended" in after
        assert "废止：" in html("/policies/2/") and "旧办法" in html("/policies/2/")
        PolicyPage.objects.filter(pk=new.pk).update(live=False)
        hidden = html("/policies/1/")
        assert "新办法" not in hidden and "现行有效" in hidden


def test_a_translation_reads_its_facts_and_holds_none(home):
    old, new = policy(home, "1"), policy(home, "2", since=date(2026, 2, 1))
    old = changed(old, "repeals", new)
    english = in_english(old)
    english.refresh_from_db()
    assert (english.document_number, english.signed_on, english.in_force_from) == ("", None, None)
    assert not english.topic and not english.changed_by.exists()
    shown = html("/en/policies/1/")
    assert "明民发〔2026〕1号" in shown and "1 January 2026" in shown and "repealed" in shown
    assert 'lang="zh-CN">办法2</a>' in shown and 'href="/en/policies/2/"' in shown
    old.document_number, old.in_force_from = "明民发〔2026〕9号", date(2026, 1, 9)
    saved(old)
    assert "9号" in html("/en/policies/1/") and "9 January 2026" in html("/en/policies/1/")


def test_a_relation_to_a_translation_is_kept_to_its_source(home):
    old, new = policy(home, "1"), policy(home, "2")
    row = PolicyChange(page=old, kind="amends", by=in_english(new))
    row.clean()
    assert row.by == new


def test_interpretations_are_linked_both_ways_and_warn_when_their_policy_has_ended(home):
    old, new = policy(home, "1"), policy(home, "2", since=date(2026, 3, 3))
    before = PolicyPage.objects.get(pk=old.pk).latest_revision_id
    interpretation(home, "a", old, who="低保家庭", how_much="每人每月1011元", from_when="7月")
    assert "解读a" in html("/policies/1/")
    assert PolicyPage.objects.get(pk=old.pk).latest_revision_id == before
    page = html("/interpretations/a/")
    assert "办法1" in page and "低保家庭" in page and "cap-status--ended" not in page
    changed(PolicyPage.objects.get(pk=old.pk), "repeals", new)
    with clock.moved_to(clock.at(date(2026, 3, 3))):
        assert "cap-status--ended" in html("/interpretations/a/")


def test_the_metadata_stands_in_the_customary_order(home):
    policy(home, "1", index_number="MH-001", ends_on=date(2028, 12, 31), origin="转载")
    shown = html("/policies/1/")
    shown = shown[shown.index('class="cap-meta"') :]
    labels = ["索引号", "主题分类", "发文机关", "成文日期", "发文字号", "发布日期", "施行日期", "有效性"]
    order = [shown.index(f"<dt>{label}</dt>") for label in labels]
    assert order == sorted(order)


def test_the_data_block_says_what_the_page_says_and_can_not_be_broken_out_of(home):
    policy(home, "1", title="办法</script><script>alert(1)")
    shown = html("/policies/1/")
    block = shown.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert "alert(1)" in block and '"legislationIdentifier": "明民发〔2026〕1号"' in block
    assert shown.count("<script") - shown.count("<script src=") == 1 and "schema.org/InForce" in block


def test_a_page_costs_the_same_whatever_it_holds(home, django_assert_max_num_queries):
    base = policy(home, "1")
    others = [policy(home, str(number), since=date(2026, 1, number)) for number in range(2, 7)]
    html("/policies/1/")  # content types and sites are remembered by the process
    counts = []
    for by in others:
        base = changed(base, "amends", by)
        interpretation(home, by.slug, base)
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            html("/policies/1/")
        counts.append(len(queries))
    assert len(set(counts[1:])) == 1, counts


def test_the_deadline_of_a_notice_is_a_tag_and_stays_grey(home):
    notice(home, "a", deadline=date(2026, 3, 4))
    notice(home, "b", deadline=date(2026, 3, 1))
    assert "还剩3天" in html("/notices/a/") and "govuk-tag--yellow" in html("/notices/a/")
    assert "govuk-tag--grey" in html("/notices/b/")
    shown = html("/notices/")
    assert "还剩3天" in shown and "已截止" in shown


def test_a_text_that_was_taken_back_says_so_wherever_its_validity_stands(home):
    page = policy(home, "1", title="旧办法")
    interpretation(home, "9", page)
    assert "现行有效" in html("/policies/1/")
    room = newsroom()
    record = room.record(page)
    withdraw(
        record, by=room.publisher, way="superseded", reason_zh="不再适用。", reason_en="No longer applies.",
        version=record.version,
    )  # fmt: skip
    for address in ("/policies/1/", "/policies/", "/interpretations/9/"):
        shown = html(address).replace(">现行有效</option>", "")
        assert "已撤回" in shown and "现行有效" not in shown
    assert "旧办法" in html("/policies/?state=withdrawn") and "旧办法" not in html(
        "/policies/?state=in-force"
    )
