"""Our words where Wagtail would show the code of a workflow or a step."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter

from portal.publishing.move import MOVED
from portal.publishing.names import DrawnName

IN_HISTORY = tuple(f"wagtail.workflow.{act}" for act in ("start", "approve", "reject", "resume", "cancel"))


class HandIn(SubmitForModerationMenuItem):
    """Handing a text in: the same words whatever its steps of review."""

    label = _("Hand in for review")

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "label": self.label}


@hooks.register("construct_page_action_menu")
def hand_in(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Put our item in the place of Wagtail's, wherever it stands."""
    for place, item in enumerate(menu_items):
        if type(item) is SubmitForModerationMenuItem:
            menu_items[place] = HandIn(order=item.order)


@hooks.register("register_log_actions", order=100)
def names_in_history(actions: LogActionRegistry) -> None:
    """What Wagtail tells of a review in the history of a page, with names for codes."""
    for action in IN_HISTORY:
        actions.formatters[action] = _with_names(type(actions.formatters[action]))()


@hooks.register("register_log_actions", order=100)
def moves_in_history(actions: LogActionRegistry) -> None:
    """A change of address, with both addresses and its reason."""

    @actions.register_action(MOVED)
    class Moved(LogFormatter):
        label = _("Change the address")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Address changed from %(before)s to %(after)s: %(reason)s") % log_entry.data


def _with_names(told: type[LogFormatter]) -> type[LogFormatter]:
    class Named(told):
        def format_message(self, log_entry: Any) -> str:
            return str(super().format_message(SimpleNamespace(data=_named(log_entry.data))))

    return Named


def _named(data: Any) -> Any:
    """The same data with every title of a workflow or step as a name."""
    if not isinstance(data, dict):
        return data
    return {key: DrawnName(kept) if key == "title" and kept else _named(kept) for key, kept in data.items()}
