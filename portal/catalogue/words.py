"""What the check found, in words that say what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.catalogue.rules import Finding, Level, Verdict
from portal.finder.texts import reasons
from portal.templatetags.cap import day_in_words

COLOURS = {Level.GREEN: "green", Level.AMBER: "yellow", Level.RED: "red"}
LEVELS = {
    Level.GREEN: gettext_lazy("In order"),
    Level.AMBER: gettext_lazy("To be seen to"),
    Level.RED: gettext_lazy("Missing"),
}
STATES = {
    "satisfied": gettext_lazy("Disclosed"),
    "stated": gettext_lazy("Nothing this period (signed statement)"),
    "empty": gettext_lazy("Empty"),
}
#: by code; `%(subject)s` the page, `%(url)s` the target, `%(day)s` a day, `%(number)d` days,
#: `%(file)s` a file's name, `%(why)s` sentences
FINDINGS: dict[str, Any] = {
    "empty": gettext_lazy("There is nothing here, and nobody has stated that there is nothing."),
    "statement-expired": gettext_lazy("The statement that there is nothing held until %(day)s."),
    "dead-page": gettext_lazy("“%(subject)s” stands in the row and can’t be read any more."),
    "dead-link": gettext_lazy("A link in “%(subject)s” leads nowhere: %(url)s"),
    "late": gettext_lazy("“%(subject)s” was published %(number)d working days after its limit."),
    "silent": gettext_lazy("Neither updated nor checked for more than %(number)d days (last on %(day)s)."),
    "orphan": gettext_lazy("“%(subject)s” belongs into a row and stands in none."),
    "two-rows": gettext_lazy("“%(subject)s” stands in two rows."),
    "home-stale": gettext_lazy(
        "Nothing new on the home page for more than %(number)d days (last on %(day)s)."
    ),
    "column-empty": gettext_lazy("The column “%(subject)s” is empty."),
    "column-silent": gettext_lazy(
        "Nothing new in the column “%(subject)s” for more than %(number)d days (last on %(day)s)."
    ),
    "no-interpretation": gettext_lazy("The policy “%(subject)s” has no interpretation."),
    "check-due": gettext_lazy("“%(subject)s” was to be checked by %(day)s."),
    "unread-file": gettext_lazy("The search can’t read “%(file)s” on “%(subject)s”: %(why)s"),
    "no-alt": gettext_lazy("“%(subject)s” has %(number)d pictures without a description."),
}


def in_words(finding: Finding) -> str:
    """One sentence."""
    return FINDINGS[finding.code] % {
        "subject": finding.subject,
        "url": finding.url,
        "number": finding.number,
        "day": day_in_words(finding.day) if finding.day else _("never"),
        "file": finding.file,
        "why": " ".join(reasons(finding.why)),
    }


def state_in_words(verdict: Verdict) -> str:
    """`Disclosed`, and by what where that is a notice that stands in."""
    if verdict.by_notice:
        return _("Disclosed by dated notice")
    return str(STATES[verdict.state])


def colour_of(verdict: Verdict) -> str:
    """The tag's colour: a signed statement is in order, and yet nothing is there to read."""
    return "blue" if verdict.state == "stated" and verdict.level == Level.GREEN else COLOURS[verdict.level]
