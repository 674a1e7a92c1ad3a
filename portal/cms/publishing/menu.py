"""How the screens of publishing are reached from Wagtail's own: menu, buttons of a page, the edit view."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from portal.pages.base import PortalPage
from portal.publishing.authority import may
from portal.publishing.drafts import keep_stale
from portal.publishing.models import PlanState
from portal.publishing.plan import open_plan
from portal.publishing.steps import RELEASERS, WRITERS
from portal.publishing.task import current_step
from portal.registers.reader import reader_of
from portal.templatetags.cap import moment_in_words
from relief.officers.models import SITE_ROLES

#: acts of Wagtail that nobody has here: its own publishing, unpublishing, scheduling
NOT_OFFERED = {"action-publish", "action-unpublish"}


def holds_site_role(request: HttpRequest) -> bool:
    """Whether the signed-in officer holds a role of the site today."""
    reader = reader_of(request.user)
    return reader is not None and bool(SITE_ROLES & reader.roles)


class ForTheSite(MenuItem):
    """Shown to who holds a role of the site."""

    def is_shown(self, request: HttpRequest) -> bool:
        return holds_site_role(request)


class PublishingMenu(SubmenuMenuItem):
    """Shown to the same."""

    def is_shown(self, request: HttpRequest) -> bool:
        return holds_site_role(request)


@hooks.register("register_admin_menu_item")
def publishing_menu() -> MenuItem:
    entries = (
        ("contents", gettext_lazy("All texts"), "list-ul"),
        ("waiting", gettext_lazy("Reviews"), "check"),
        ("plans", gettext_lazy("Planned texts"), "calendar"),
        ("translations", gettext_lazy("Translations"), "globe"),
        ("bin", gettext_lazy("Deleted drafts"), "bin"),
        ("handover", gettext_lazy("Handover"), "group"),
        ("leading", gettext_lazy("All old and short addresses"), "redirect"),
        ("missing", gettext_lazy("Addresses not found"), "link"),
        ("synonyms", gettext_lazy("Synonyms"), "tag"),
        ("searches", gettext_lazy("What readers search"), "search"),
        ("steps", gettext_lazy("Steps of review"), "list-ol"),
        ("rules", gettext_lazy("Notification rules"), "mail"),
        ("site", gettext_lazy("Settings of the site"), "site"),
        ("help", gettext_lazy("Help on publishing"), "help"),
    )
    items = [
        ForTheSite(label, reverse(f"publishing:{name}"), icon_name=icon, order=order)
        for order, (name, label, icon) in enumerate(entries)
    ]
    return PublishingMenu(gettext_lazy("Publishing"), Menu(items=items), icon_name="tasks", order=150)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def page_buttons(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> list[Button]:
    """Review, withdrawal, who may do what: each to whom it concerns."""
    page = page.specific
    if not isinstance(page, PortalPage) or not may(user, SITE_ROLES, page):
        return []
    buttons = [
        _button(_("Who may do what here"), "rights", page, "user", 90),
        _button(_("Owner and next check"), "care", page, "calendar-check", 70),
        _button(_("Addresses"), "addresses", page, "link", 91),
    ]
    if current_step(page) is not None:
        buttons.append(_button(_("Review"), "review", page, "check", 5))
    if page.latest_revision_id != page.live_revision_id:
        buttons.append(_button(_("Preview links"), "preview-links", page, "link", 85))
    buttons.append(_translation_button(page))
    record = page.record
    if record is not None and record.was_public and not page.is_removed and may(user, RELEASERS, page):
        buttons.append(_button(_("Withdraw"), "withdraw", page, "no-view", 80))
    return buttons


def _translation_button(page: Any) -> Button:
    """To the English text of a Chinese page, from the English one to both side by side."""
    if page.language == settings.LANGUAGE_CODE:
        return _button(_("Translation"), "translation", page, "globe", 60)
    return _button(_("Beside the Chinese text"), "beside", page, "globe", 60)


def _button(label: str, name: str, page: Page, icon: str, priority: int) -> Button:
    return Button(label, reverse(f"publishing:{name}", args=[page.pk]), icon_name=icon, priority=priority)


class ReviewItem(ActionMenuItem):
    """From the edit view to the review screen, while the text is in review."""

    name = "action-review"
    label = gettext_lazy("Review")
    icon_name = "check"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and current_step(context["page"]) is not None

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("publishing:review", args=[context["page"].pk])


@hooks.register("register_page_action_menu_item")
def review_item() -> ReviewItem:
    return ReviewItem(order=5)


@hooks.register("before_edit_page")
def stale_or_planned(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A form that is older than the newest version saves nothing over it: both texts are kept and shown."""
    if not isinstance(page, PortalPage):
        return None
    if request.method != "POST":
        _tell_of_plan(request, page)
        return None
    loaded = request.POST.get("loaded_revision_id", "")
    newest = Page.objects.values_list("latest_revision_id", flat=True).get(pk=page.pk)
    if not loaded or loaded == str(newest) or request.headers.get("Accept") == "application/json":
        return None
    kept = _kept_text(request, page)
    messages.error(
        request,
        _("Somebody saved this text while you worked on it. Yours is kept as a version; here are both."),
    )
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, newest, kept])
    return HttpResponseRedirect(address)


def _kept_text(request: HttpRequest, page: Any) -> int:
    """Save what was typed beside the newest version; incomplete fields too."""
    form_class = type(page).get_edit_handler().get_form_class()
    form = form_class(
        request.POST, request.FILES, instance=page, parent_page=page.get_parent(), for_user=request.user
    )
    form.defer_required_fields()
    form.is_valid()
    typed = form.save(commit=False)
    return int(keep_stale(typed, request.user).pk)


def _tell_of_plan(request: HttpRequest, page: Any) -> None:
    waiting = open_plan(page.record) if page.record is not None else None
    if waiting is None or not may(request.user, WRITERS, page):
        return
    words = _(
        "A reviewed text goes live on %(moment)s. For an urgent correction open a hot fix of the live text."
    )
    if waiting.state == PlanState.OVERTAKEN:
        words = _(
            "The text that was planned for %(moment)s does not go live: what is public changed meanwhile. "
            "Take it up as a draft, or give its plan up."
        )
    address = reverse("publishing:planned", args=[waiting.pk])
    to_plan = messages.button(address, _("Planned text"))
    messages.warning(request, words % {"moment": moment_in_words(waiting.due_at)}, buttons=[to_plan])
