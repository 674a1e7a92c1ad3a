"""The frame of every act: one transaction; a refusal is written after the rollback."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from relief.errors import Refused
from relief.trail import clock
from relief.trail.actor import Acting, Actor
from relief.trail.models import Refusal
from relief.trail.record import actor_columns

P = ParamSpec("P")
R = TypeVar("R")

NOBODY = Actor(kind="visitor", id=None, name="")


def verb(act: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an act: it runs in one transaction, and its refusals are recorded."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        usual = inspect.signature(function).parameters["by"].default
        nobody = None if usual is inspect.Parameter.empty else usual

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except Refused as refused:
                by: Any = kwargs.get("by", nobody)
                write_refusal(act, refused, by=by, subject=args[0] if args else None)
                raise

        run.act = act  # type: ignore[attr-defined]
        return run

    return decorate


def write_refusal(act: str, refused: Refused, *, by: Acting | None, subject: Any = None) -> Refusal:
    """Keep who was refused what, by code; never what was typed."""
    return Refusal.objects.create(
        act=act,
        kind=refused.kind,
        reasons=[reason.code for reason in refused.reasons],
        subject_kind=getattr(getattr(subject, "_meta", None), "model_name", "") or "",
        subject_code=str(getattr(subject, "code", "")),
        at=clock.now(),
        **actor_columns(by.actor() if by else NOBODY),
    )
