"""The applicant takes the application back (撤回申请)."""

from __future__ import annotations

from relief.applications.accept import required_words
from relief.applications.models import Application
from relief.applications.move import authorise, move
from relief.officers.models import Officer
from relief.trail.verb import verb


@verb("withdraw")
def withdraw(application: Application, *, by: Officer, version: int, words: str) -> Application:
    """End a case at the applicant's wish, at any stage before the decision (57号 art 4: by application).

    `words` note the written statement: who signed it, when. Raises WrongState, NotAllowed, Invalid, Stale.
    """
    authorise(application, "withdraw", by)
    moved, _event = move(
        application,
        "withdraw",
        by=by,
        version=version,
        words=required_words(words, "words"),
        reason="applicant",
    )
    return moved
