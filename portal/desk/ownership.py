"""Take a case (接办) and hand it over (移交): order among colleagues, no lock."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, CaseAct
from portal.desk.find import case_ref
from portal.desk.offers import Offer
from relief.applications.models import Application
from relief.applications.move import actor_on, wrong_state
from relief.applications.owner import hand_over, roles_at, take, who_may_take
from relief.applications.queries import visible_to
from relief.applications.states import ENDED
from relief.decisions.blockers import Outlook
from relief.errors import Refused, WrongState
from relief.officers.models import Appointment, Officer

#: a colleague's cases that are handed over together
MOST_AT_ONCE = 200


class OwnerAct(CaseAct):
    """An act that changes who has the case; it hangs on the stage, not on a step of the road."""

    def check(self, subject: Application, officer: Officer) -> None:
        roles = roles_at(subject)
        if not roles:
            raise WrongState(wrong_state(subject))
        actor_on(subject, officer, roles)

    def stands(self, subject: Application, officer: Officer) -> dict[str, Any]:
        return {}


class Take(OwnerAct):
    name = "take"
    title = _("Take the case")
    text = _("You say that you work on it. Colleagues with the same role see that, and may still act.")
    button = _("Take the case")
    done = _("You have the case now.")

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return take(subject, by=officer, version=answer["version"])

    def forward(self, subject: Application, result: Any) -> str:
        """Back to the row of the queue from which it was taken, else to the case."""
        back = self.request.POST.get("back", "")
        if back.startswith(reverse("desk:queue")) and url_has_allowed_host_and_scheme(back, None):
            return back
        return super().forward(subject, result)


class HandOverForm(ActForm):
    to = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What the colleague must know"),
        help_text=_("What is done, what is still to do, whom to call."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    others = forms.BooleanField(required=False)


class HandOver(OwnerAct):
    name = "hand-over"
    title = _("Hand the case over")
    text = _("The colleague finds the case among their own. Your words stand in its history.")
    button = _("Hand the case over")
    done = _("The case is handed over.")
    form_class = HandOverForm

    def form(self, subject: Application, officer: Officer, data: Any = None) -> ActForm:
        form = super().form(subject, officer, data)
        self.colleagues = {str(one.code): one for one in who_may_take(subject) if one.pk != subject.owner_id}
        choices = [(code, f"{one.name} · {one.office}") for code, one in self.colleagues.items()]
        form.fields["to"].choices = choices  # type: ignore[attr-defined]
        count = len(_others(subject, officer))
        if count and subject.owner:
            form.fields["others"].label = ngettext(
                "Also the %(n)d other case that %(name)s has",
                "Also the %(n)d other cases that %(name)s has",
                count,
            ) % {"n": count, "name": subject.owner.name}
        else:
            del form.fields["others"]
        return form

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        colleague, words = self.colleagues[answer["to"]], answer["words"]
        others = _others(subject, officer) if answer.get("others") else []
        handed = hand_over(subject, by=officer, version=answer["version"], to=colleague, words=words)
        stayed = 0
        for case in others:  # each for itself: one that the colleague can't have keeps no other
            try:
                hand_over(case, by=officer, version=case.version, to=colleague, words=words)
            except Refused:
                stayed += 1
        if others:
            told = gettext("Of the other cases %(handed)d are handed over, %(stayed)d stay where they were.")
            messages.info(self.request, told % {"handed": len(others) - stayed, "stayed": stayed})
        return handed


def _others(case: Application, officer: Officer) -> list[Application]:
    """The other open cases of the one who has this case, as far as the officer sees them."""
    if case.owner_id is None:
        return []
    cases = visible_to(officer).filter(owner=case.owner_id).exclude(pk=case.pk)
    return list(cases.exclude(state__in=ENDED)[:MOST_AT_ONCE])


def owner_offers(case: Application, officer: Officer, held: Collection[Appointment]) -> list[Offer]:
    """Quietly offered to whoever could act on the case at this stage."""
    roles = roles_at(case)
    if not roles or Outlook(case, held).who_not(roles) != []:
        return []
    found = [Offer(_("Hand the case over"), reverse("desk:hand-over", args=[case_ref(case)]), quiet=True)]
    if case.owner_id != officer.pk:
        found.insert(0, Offer(_("Take the case"), reverse("desk:take", args=[case_ref(case)]), quiet=True))
    return found
