"""The life of one response that is no objection: received, answered, turned to the district (反映)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from random import Random

from portal.demo import wording_responses as words
from portal.demo.case import Case
from portal.demo.corrections import correct_row, mend_amount, mend_name
from portal.demo.ground import DISTRICT
from portal.demo.play import Script
from portal.demo.stage import Stage
from portal.demo.story import Answer, Plan, Said
from relief.applications.models import Application
from relief.applications.submit import open_draft
from relief.households.register import HouseholdEntry, register_household
from relief.officers.models import Officer, Role
from relief.publicity.answer import ReasonClass, answer_response
from relief.publicity.correctable import CorrectionReason
from relief.publicity.escalate import answer_escalation, escalate
from relief.publicity.models import PublicList, Response, ResponseChannel, ResponseKind
from relief.publicity.receive import WEB, respond
from relief.trail.actor import Robot

CLASSES = {
    (ResponseKind.LEFT_OUT, Answer.UPHELD): ReasonClass.TOLD_HOW,
    (ResponseKind.LEFT_OUT, Answer.REJECTED): ReasonClass.NO_GROUND,
    (ResponseKind.WRONG_DATA, Answer.UPHELD): ReasonClass.ENTERED_WRONGLY,
    (ResponseKind.WRONG_DATA, Answer.REJECTED): ReasonClass.AS_IN_THE_CASE,
    (ResponseKind.WITHHOLD_NAME, Answer.UPHELD): ReasonClass.SAFETY,
    (ResponseKind.WITHHOLD_NAME, Answer.REJECTED): ReasonClass.LAW_ASKS,
}


def response_scripts(stage: Stage) -> Iterator[Script]:
    """A script for everything that is said beside objections."""
    for number, plan in enumerate(stage.story.cases, start=1):
        for place, said in enumerate(plan.said, start=1):
            yield ResponseActs(stage, plan, number, said, place).script()


class ResponseActs(Case):
    """What is done with one response, about the row of the case or about the case's community."""

    def __init__(self, stage: Stage, plan: Plan, number: int, said: Said, place: int) -> None:
        super().__init__(stage, plan, number)
        self.said = said
        self.rng = Random(f"{stage.seed} response {number}-{place}")
        self.key = 0
        #: who will be registered for it, where the station opens a case
        self.household: HouseholdEntry | None = None

    def script(self) -> Script:
        """Received while the list runs; the rest as far as the plan lets it go."""
        yield self._received()
        self.pk = self.stage.cases[self.number]
        self._respond()
        if self.said.answer == Answer.OPEN:
            return
        if self.said.corrects:
            yield from self._mended()
        else:
            yield self.next(self.rng.randint(1, 2))
            self._answer()
        if self.said.escalated:
            yield from self._escalated()

    @property
    def response(self) -> Response:
        return Response.objects.select_related("public_list").get(pk=self.key)

    @property
    def public_list(self) -> PublicList:
        return PublicList.objects.get(pk=self.stage.public_lists[self.plan.on_list])

    def _received(self) -> datetime:
        """On the web in the evening of the first day; where the list must still be corrected, by day."""
        if self.said.channel == ResponseChannel.WEB and not self.said.corrects:
            first = self.stage.lists[self.plan.on_list].published
            return self.diary.at(first, self.rng.randint(19, 21), self.rng.randint(0, 59))
        return self.in_publicity()

    def _respond(self) -> None:
        said = self.said
        name, contact = self._respondent()
        left_out = said.kind == ResponseKind.LEFT_OUT
        receipt = respond(
            self.public_list,
            by=WEB if said.channel == ResponseChannel.WEB else self.acceptor,
            kind=said.kind,
            channel=said.channel,
            words=self._words(),
            name=name,
            contact=contact,
            about_staff=said.about_staff,
            row="" if left_out else self.case.row_code,
            community=self.plan.community if left_out else None,
        )
        self.key = receipt.response.pk

    def _respondent(self) -> tuple[str, str]:
        """The applicant, or who was left out."""
        if self.said.kind != ResponseKind.LEFT_OUT:
            return self.stage.applicants[self.number]
        if not self.said.leads:
            return self.stage.people.somebody()
        self.household = self.stage.people.household(
            self.plan.community, self.situation.kin, self.situation.kind
        )
        return self.household.members[self.situation.applicant].name, self.household.phone

    def _words(self) -> str:
        if self.said.about_staff:
            return words.ABOUT_STAFF
        if self.said.of_name:
            return words.MISSPELT
        if self.said.kind == ResponseKind.WITHHOLD_NAME and self.said.answer == Answer.UPHELD:
            return words.IN_DANGER
        return self.rng.choice(words.SAID[self.said.kind])

    def _mended(self) -> Script:
        """Within the list's period: what is wrong is mended, shown by two persons, and answered."""
        response = self.response
        yield self.diary.later(minutes=self.pace)
        if self.said.kind == ResponseKind.WITHHOLD_NAME:
            self._answer()
            note, reason = words.WITHHELD_NOTE, CorrectionReason.NAME_WITHHELD
            yield from correct_row(self, self.public_list, response, reason, note)
            return
        note = words.NAME_NOTE if self.said.of_name else words.AMOUNT_NOTE
        (mend_name if self.said.of_name else mend_amount)(self)
        yield from correct_row(self, self.public_list, response, CorrectionReason.ENTERED_WRONGLY, note)
        yield self.diary.later(minutes=self.pace)
        self._answer()

    def _answer(self) -> None:
        said, response, lead = self.said, self.response, self._lead()
        text = words.ANSWERED[said.kind][said.answer]
        if said.of_name:
            text = words.NAME_CORRECTED
        answer_response(
            response,
            by=self._answers(),
            version=response.version,
            upheld=said.answer == Answer.UPHELD,
            words=words.CASE_OPENED if lead else text,
            reason_class=ReasonClass.CASE_OPENED if lead else CLASSES[said.kind, said.answer],
            lead_case=lead,
        )

    def _answers(self) -> Officer:
        if self.said.kind == ResponseKind.LEFT_OUT:
            return self.clerk
        return self.inspector if self.said.kind == ResponseKind.WITHHOLD_NAME else self.acceptor

    def _lead(self) -> Application | None:
        """The case that the station opens for who was left out: a draft until the papers are there."""
        if self.household is None:
            return None
        household = register_household(self.household, by=self.clerk)
        members = [row.person for row in household.memberships.order_by("pk")]
        applicant = members[self.situation.applicant]
        return open_draft(household, applicant=applicant, benefit="guarantee", by=self.clerk)

    def _escalated(self) -> Script:
        """The respondent turns to the district by the way on which the response came."""
        yield self.next(1)
        on_the_web = self.said.channel == ResponseChannel.WEB
        by: Officer | Robot = WEB if on_the_web else self.acceptor
        escalate(self.response, by=by, words=words.ESCALATED[self.said.kind])
        if self.said.escalated == Answer.OPEN:
            return
        yield self.next(self.rng.randint(2, 3))
        response = self.response
        assert self.said.escalated is not None
        answer_escalation(
            response,
            by=self.stage.district.one_in(Role.DISTRICT_CHECKER, DISTRICT, self.number),
            version=response.version,
            upheld=self.said.escalated == Answer.UPHELD,
            words=words.DISTRICT_SAYS[self.said.escalated],
        )
