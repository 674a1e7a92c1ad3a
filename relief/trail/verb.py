"""The frame of every act: one transaction; a refusal is written after the rollback.

While the clock lies behind the newest Event no act is done: the order of history is the order of time.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relief.errors import Blocked, Reason, Refused
from relief.trail import clock
from relief.trail.actor import Acting, Actor
from relief.trail.models import Event, Refusal
from relief.trail.record import actor_columns

P = ParamSpec("P")
R = TypeVar("R")

#: seconds by which the clocks of two servers may differ without harm
TOLERANCE = timedelta(seconds=60)
NOBODY = Actor(kind="visitor", id=None, name="")


def verb(act: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an act: it runs in one transaction, and its refusals are recorded.

    Raises Blocked, for officers and robots alike, while the clock has been set back.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        usual = inspect.signature(function).parameters["by"].default
        nobody = None if usual is inspect.Parameter.empty else usual

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                with transaction.atomic():
                    _time_goes_on()
                    return function(*args, **kwargs)
            except Refused as refused:
                by: Any = kwargs.get("by", nobody)
                write_refusal(act, refused, by=by, subject=args[0] if args else None)
                raise

        run.act = act  # type: ignore[attr-defined]
        return run

    return decorate


def _time_goes_on() -> None:
    """Raises Blocked while the clock lies behind the newest Event by more than TOLERANCE.

    Not asked of a clock that the demo loader or a test moves: the loader refuses to go back by itself.
    """
    if clock.is_moved():
        return
    newest = Event.objects.order_by("-pk").values_list("at", flat=True).first()
    if newest is None or clock.now() >= newest - TOLERANCE:
        return
    moment = date_format(newest.astimezone(clock.SHANGHAI), "Y-m-d H:i")
    words = _(
        "The clock is wrong: the last act was recorded at %(moment)s, which is still to come. "
        "Nothing is recorded until the clock is put right."
    )
    raise Blocked(Reason("clock-behind", words % {"moment": moment}))


def write_refusal(act: str, refused: Refused, *, by: Acting | None, subject: Any = None) -> Refusal:
    """Keep who was refused what, by code; never what was typed."""
    refused.recorded = True
    return Refusal.objects.create(
        act=act,
        kind=refused.kind,
        reasons=[reason.code for reason in refused.reasons],
        subject_kind=getattr(getattr(subject, "_meta", None), "model_name", "") or "",
        subject_code=str(getattr(subject, "code", "")),
        at=clock.now(),
        **actor_columns(by.actor() if by else NOBODY),
    )
