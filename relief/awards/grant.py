"""Give the benefit of a case whose rule set publishes nothing (给予待遇): a child's, for one."""

from __future__ import annotations

from relief.applications.models import Application
from relief.applications.move import authorise, move
from relief.awards.models import Award
from relief.awards.opening import open_awards
from relief.officers.models import Officer
from relief.trail.verb import verb


@verb("grant")
def grant(application: Application, *, by: Officer, version: int) -> Award:
    """Open the award of an approved case without any list; no name becomes public by it.

    Only a road without announcement has this step. Raises WrongState, NotAllowed, Stale.
    """
    _step, actor = authorise(application, "grant", by)
    moved, event = move(application, "grant", by=by, version=version)
    return open_awards([moved], {moved.pk: {"source_case": moved}}, actor, event)[0]
