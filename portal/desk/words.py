"""The desk's words for acts, as they stand in the timeline and on buttons."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relief.applications.clock_changes import ExtensionReason, StopReason
from relief.applications.reminders import Remind
from relief.officers.models import Role
from relief.trail.models import Event

ACTS: dict[str, Any] = {
    "open-draft": _("Case opened"),
    "income": _("Income entered"),
    "submit": _("Application submitted"),
    "ask-once": _("Asked once for what is missing"),
    "accept": _("Accepted"),
    "visit": _("Home visit"),
    "cross-check": _("Data cross-check"),
    "import-checks": _("Cross-checks imported"),
    "examine": _("Examined by the community"),
    "review": _("Reviewed by the street"),
    "advise-against": _("Reviewed by the street: not recommended"),
    "publish": _("Put on the public list"),
    "close": _("Publicity ended"),
    "approve": pgettext_lazy("case", "Approved"),
    "refuse": _("Refused"),
    "return": _("Returned for correction"),
    "announce": _("Announced"),
    "grant": _("Benefit granted"),
    "withdraw": _("Withdrawn by the applicant"),
    "terminate": _("Terminated"),
    "complain": _("Complaint registered"),
    "register-kin": _("Registered as relatives of staff"),
    "object": _("Objection received"),
    "withdraw-objection": _("Objection withdrawn"),
    "respond": _("Response received"),
    "answer-response": _("Response answered"),
    "escalate-response": _("Turned to the district"),
    "answer-escalation": _("Answered by the district"),
    "withhold-name": _("Name withheld on request"),
    "democratic-review": _("Democratic review"),
    "new-opinion": _("New opinion of the street: recommended again"),
    "new-opinion-against": _("New opinion of the street: not recommended"),
    "match-registers": _("Matched with the registers"),
    "explain-hit": _("Match explained"),
    "explain-mismatch": _("Mismatch explained"),
    "stop-clock": _("Clock stopped"),
    "start-clock": _("Clock started again"),
    "extend-limit": _("Whole limit extended"),
    "recompute": _("Deadlines computed anew"),
    "remind": _("Reminder"),
    "take": _("Taken on"),
    "hand-over": _("Handed over"),
    "spot-check": _("Lots drawn for the spot check"),
    "propose": _("Proposed by the district"),
    "compile-list": _("List compiled"),
    "inspect-list": _("Privacy check before publishing"),
    "inspect-page": _("Privacy check of a page"),
    "release-page": _("Findings of the privacy check released"),
    "submit-text": _("Text handed in for review"),
    "approve-text": _("Step of the review passed"),
    "release-text": _("Text released"),
    "send-back-text": _("Text sent back to its author"),
    "publish-text": _("Text published"),
    "withdraw-text": _("Text withdrawn"),
    "move-page": _("Address changed"),
    "add-address": _("Address added"),
    "end-address": _("Address taken away"),
    "begin-translation": _("Translation begun"),
    "confirm-translation": _("Translation confirmed"),
    "decide-translation": _("Decided whether a translation is needed"),
    "plan-text": _("Text planned"),
    "cancel-plan": _("Plan given up"),
    "fire-plan": _("Planned text published"),
    "plan-failed": _("Planned text not published"),
    "hot-fix": _("Hot fix begun"),
    "share-draft": _("Preview link made"),
    "revoke-preview": _("Preview link revoked"),
    "take-up-plan": _("Overtaken text taken up as a draft"),
    "adopt-page": _("Page entered as public"),
    "set-text-owner": _("Owner of a text set"),
    "set-text-check": _("Next check of a text set"),
    "check-text": _("Text checked, unchanged"),
    "draft-metadata": _("Draft with new metadata"),
    "start-review": _("Review begun"),
    "hand-over-texts": _("Texts handed over"),
    "hand-over-row": _("Row of the catalogue handed over"),
    "set-aside-list": _("Compilation set aside"),
    "publish-list": _("List published"),
    "post": _("List posted"),
    "print-sheet": _("Sheet printed"),
    "check-board": _("Board checked"),
    "pin-again": _("Pinned up again"),
    "extend-period": _("Missing days added"),
    "take-down": _("Sheet taken down"),
    "close-list": _("List closed"),
    "announce-list": _("Announcement published"),
    "decide-change": _("Change of the guarantee decided"),
    "decide-ending": _("Ending of the guarantee decided"),
    "change-award": _("Guarantee changed"),
    "end-award": _("Guarantee ended"),
    "replace-list": _("Replaced by the list of a new month"),
    "list-announced": _("All cases of the list announced"),
    "expire-names": _("Names deleted"),
    "retract": _("A row left the list"),
    "unlist": _("Taken from the public list"),
    "rectify": _("Proposal rectified"),
    "correct-name": _("Spelling of the name corrected"),
    "propose-correction": _("Correction proposed"),
    "approve-correction": _("Correction approved"),
    "reject-correction": _("Correction not approved"),
    "close-rows": _("Rows with days of their own closed"),
    "expire-rows": _("Rows deleted whose time is over"),
    "withdraw-list": _("List withdrawn"),
}

LEVELS: dict[str, Any] = {
    "examine": _("Community's opinion"),
    "review": _("Street's first-review opinion"),
    "advise-against": _("Street's first-review opinion"),
    "approve": _("Confirmation"),
    "refuse": _("Refusal"),
    "terminate": _("Reasons for ending the case"),
    "new-opinion": _("Street's new opinion"),
    "new-opinion-against": _("Street's new opinion"),
    "rectify": _("Street's proposal rectified"),
}


class Row(NamedTuple):
    """A label and its value, optionally with a link to change it."""

    label: Any
    value: Any
    url: str = ""
    action: Any = ""


#: what a standard gives days for
STANDARDS: dict[str, Any] = {
    "days.accept": _("accept, or ask once for what is missing"),
    "days.start-survey": _("begin the survey"),
    "days.review": _("first-review opinion of the street"),
    "days.publish": _("put the case on a public list"),
    "days.reinvestigate": _("look into the objection again"),
    "days.confirm": _("decide on the case"),
    "days.announce": _("announce the decision"),
    "days.whole-case": _("from acceptance to decision"),
    "days.whole-case-special": _("from acceptance to decision, in special cases"),
    "days.whole-case-delegated": _("from acceptance to decision, delegated to the street"),
}

#: why the clock was stopped or the limit extended, and what was reminded of
CLOCK_REASONS = dict([*StopReason.choices, *ExtensionReason.choices, *Remind.choices])


def act_label(event: Event) -> str:
    """The act in words; of the clock's acts and reminders with the reason."""
    label = str(ACTS.get(event.act, event.act))
    if event.act in ("remind", "stop-clock", "extend-limit") and event.reason in CLOCK_REASONS:
        return f"{label}: {CLOCK_REASONS[event.reason]}"
    return label


def role_label(role: str) -> str:
    """The role in words; a robot says so."""
    if role in Role.values:
        return str(Role(role).label)
    return str(_("by the system")) if role == "robot" else ""
