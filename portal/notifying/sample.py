"""What a rule would send, shown before anything happens: the newest page that it would speak of."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.notifying.found import Found, about_page, author_of
from portal.notifying.models import OF_ROWS, Happening, NotificationRule
from portal.publishing.models import PageRecord
from relief.trail import clock


def sample(rule: NotificationRule) -> Found:
    """An invented happening of this rule's event, on the newest page that fits, if there is one."""
    event = Happening(rule.event)
    page = None if event in OF_ROWS else _newest(rule)
    if page is None:
        path = reverse("publishing:rules")
        return Found(key="", event=event, at=clock.now(), title=_("An example of a title"), path=path)
    record = PageRecord.objects.filter(page_id=page.pk).first()
    return about_page(page, event, key="", at=clock.now(), author=author_of(record) if record else None)


def _newest(rule: NotificationRule) -> Page | None:
    pages: Any = Page.objects.filter(depth__gt=2).exclude(latest_revision=None)
    if rule.page_type:
        pages = pages.filter(content_type__app_label="portal", content_type__model=rule.page_type)
    section = (
        Page.objects.filter(translation_key=rule.section).order_by("path").first() if rule.section else None
    )
    if section is not None:
        pages = pages.descendant_of(section, inclusive=True)
    return pages.order_by("-latest_revision_created_at").first()
