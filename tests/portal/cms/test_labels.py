"""Labels that would be other words elsewhere: what relates texts is no relation of a household."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from portal.cms.publishing.rule_forms import RuleForm
from portal.gate.places import in_words
from portal.notifying.models import MailState
from portal.pages.blocks import QuestionBlock
from portal.pages.blocks_guide import PLACES
from portal.pages.guide import GuidePage
from portal.pages.policy import PolicyChange
from portal.publishing.models import ChangeKind, PageState

LABELS = {
    "与本文的关系": lambda: PolicyChange._meta.get_field("kind").verbose_name,
    "暂停办理": lambda: GuidePage._meta.get_field("suspended").verbose_name,
    "回答": lambda: QuestionBlock().child_blocks["answer"].label,
    "地址": lambda: PLACES[0][1].child_blocks["address"].label,
    "通知对象": lambda: RuleForm.base_fields["recipient"].label,
    "等待发送": lambda: MailState.WAITING.label,
    "撤下": lambda: f"{PageState.REMOVED.label}",
}


@pytest.mark.parametrize(("words", "label"), LABELS.items(), ids=list(LABELS))
def test_a_label_says_what_it_is_here(words, label):
    with translation.override("zh-hans"):
        assert str(label()) == words


def test_the_public_history_says_removed_where_nothing_was_deleted():
    with translation.override("zh-hans"):
        assert str(ChangeKind.REMOVED.label) == "撤下"


def test_the_findings_of_the_gate_have_heads_of_their_own_and_chinese_signs():
    finding = {"rule": "手机号码", "place": in_words([["document"], ["paragraph", 2]]), "excerpt": "1…"}
    with translation.override("zh-hans"):
        place = in_words([["document"], ["paragraph", 2]])
        shown = render_to_string("cms/gate_findings.html", {"findings": [finding], "stand": "held"})
    assert place == "正文，第 2 段"
    heads = [part.split("<")[0] for part in shown.split('<th scope="col">')[1:]]
    assert heads[:2] == ["类别", "位置"]
