"""What Wagtail's workflows and tasks are called: rows keep a code, people read a name in their language."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_init
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, Workflow

from portal.publishing.steps import STEPS
from portal.publishing.task import ReviewWorkflow, StepTask

NAMES = {
    "legal": _("two-step review"),
    "plain": _("one-step review"),
    **{code: step.label for code, step in STEPS.items()},
}


class DrawnName(str):
    """The code of a row of ours, which databases and journals store; drawn, it is the name in words.

    Wagtail reads `workflow.name` and `task.name` in some thirty templates, letters and sentences.
    """

    __slots__ = ()

    def __str__(self) -> str:
        code = super().__str__()
        return str(NAMES.get(code, code))

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def connect() -> None:
    """Give every row of a workflow or task its name as it is read from the database."""
    for model in (Task, StepTask, Workflow, ReviewWorkflow):
        post_init.connect(_drawn, sender=model, dispatch_uid=f"name-of-{model.__name__}")


def _drawn(sender: type, instance: Any, **kwargs: Any) -> None:
    if "name" in instance.__dict__:  # not deferred
        instance.name = DrawnName(instance.name)
