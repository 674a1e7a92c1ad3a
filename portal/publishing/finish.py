"""The end of a review (WAGTAIL_FINISH_WORKFLOW_ACTION): Wagtail reads this before its own models exist."""

from __future__ import annotations

from typing import Any


def finish_review(state: Any, user: Any = None) -> None:
    """By now the act has published or planned the reviewed text.

    Raises NotAllowed when it hasn't: somebody approved the task past the review screen.
    """
    from portal.publishing.act import only_by_review
    from portal.publishing.task import carried_out

    if not carried_out(int(state.object_id)):
        raise only_by_review()
