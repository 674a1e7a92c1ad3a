"""Letters to a household as it will read them (告知书): always in Chinese, shown before they are sent."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from portal.context import Bureau
from relief.applications.models import Application
from relief.households.queries import open_names
from relief.officers.models import Officer
from relief.trail import clock


def letter(kind: str, case: Application, officer: Officer, ground: Any, words: str) -> str:
    """A letter of `kind` (`refusal`, `termination`); opening the name is a look in the log."""
    names = open_names([case.applicant], by=officer, purpose=f"{kind}-letter", case=case)
    with translation.override("zh-hans"):
        return render_to_string(
            f"desk/letter_{kind}.html",
            {
                "name": names[case.applicant_id],
                "number": case.number,
                "submitted_on": case.submitted_on,
                "ground": ground,
                "words": words,
                "today": clock.today(),
                "bureau": Bureau(),
            },
        )
