"""Lists that the machine corrects and withdraws, by right and wrong people."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from relief.officers.models import Role
from relief.publicity.correct import RowProposal, approve_correction, inspect_correction, propose_correction
from relief.publicity.correctable import FITTING, open_correction
from relief.publicity.models import PublicList
from relief.publicity.withdraw_list import withdraw_list
from tests.factories import cases

some = st.integers(min_value=0, max_value=999)
who = st.sampled_from((*(None,) * 9, 0, 0, 1, 2, 3, 8, 13, 18))
lags = st.sampled_from((0, 0, 0, 0, 1))
#: who proposes a correction of each kind, and who approves it
CORRECTORS = {
    "gs": (Role.STREET_REVIEWER, Role.STREET_PUBLISHER),
    "gg": (Role.DISTRICT_APPROVER, Role.DISTRICT_ANNOUNCER),
}


class Corrections:
    """Rules of the road's machine."""

    officer: Any
    list_act: Any
    look: Any

    @precondition(lambda self: PublicList.objects.exclude(number=None).exists())
    @rule(n=some, row=some, what=st.sampled_from(tuple(FITTING)), by=who, second=who, lag=lags)
    def correct_a_list(
        self, n: int, row: int, what: str, by: int | None, second: int | None, lag: int
    ) -> None:
        """Whatever fits a row, proposed by one and approved (or not) by another, or by the same."""
        lists = PublicList.objects.exclude(number=None).order_by("pk")
        chosen = lists[n % lists.count()]
        found = cases.Application.objects.filter(community__number__startswith=chosen.area_id).order_by("pk")
        if not found:
            return
        case = cases.fresh(found[row % len(found)])
        own, other = CORRECTORS[chosen.kind]
        proposer = self.officer(by, own, chosen.area_id if chosen.kind == "gs" else "")
        change = [RowProposal(what, case, FITTING[what][row % len(FITTING[what])])]
        notes = {"note_zh": "更正。", "note_en": "Corrected."}
        self.list_act(
            lambda: propose_correction(
                chosen, by=proposer, version=chosen.version - lag, changes=change, **notes
            )
        )
        if waiting := open_correction(chosen):
            approver = self.officer(second, other, chosen.area_id if chosen.kind == "gs" else "")
            self.look(lambda: inspect_correction(waiting, by=approver))
            self.list_act(lambda: approve_correction(waiting, by=approver, version=waiting.version))

    @precondition(lambda self: PublicList.objects.exclude(number=None).exists())
    @rule(n=some, by=who, lag=lags)
    def withdraw_a_list(self, n: int, by: int | None, lag: int) -> None:
        lists = PublicList.objects.exclude(number=None).order_by("pk")
        chosen, officer = lists[n % lists.count()], self.officer(by, Role.DISTRICT_ANNOUNCER, "")
        notes = {"note_zh": "撤回。", "note_en": "Withdrawn.", "reason_class": "wrong-cases"}
        self.list_act(lambda: withdraw_list(chosen, by=officer, version=chosen.version - lag, **notes))
