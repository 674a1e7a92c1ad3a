"""What is made of a service guide: its lists as HTML, and JSON-LD (GovernmentService, FAQPage)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from portal.context import Bureau

CONTEXT = "https://schema.org"


def block_html(template: str, items: Any, language: str) -> SafeString:
    """A list of the guide, drawn like the same block in another text; nothing for an empty list."""
    if not items:
        return SafeString("")
    with translation.override(language):
        value = {"title": "", "items": [block.value for block in items]}
        html = render_to_string(f"blocks/{template}.html", {"value": value, "bureau": Bureau()})
    return SafeString(expand_db_html(html))


def structured(guide: Any) -> list[dict[str, Any]]:
    """The documents of a guide; a FAQPage only where it answers questions."""
    found = [_service(guide)]
    questions = [block.value for block in guide.faq]
    if questions:
        answers = [_answer(one) for one in questions]
        found.append({"@context": CONTEXT, "@type": "FAQPage", "mainEntity": answers})
    return found


def _service(guide: Any) -> dict[str, Any]:
    bureau = {"@type": "GovernmentOrganization", "name": Bureau().name}
    return {
        "@context": CONTEXT,
        "@type": "GovernmentService",
        "name": guide.title,
        "description": guide.summary,
        "url": f"{settings.PUBLIC_BASE_URL}{guide.get_url() or ''}",
        "serviceOperator": bureau,
        "isAccessibleForFree": not guide.cost,
        "availableChannel": [_channel(block.value) for block in guide.places],
    }


def _channel(place: Any) -> dict[str, Any]:
    phone = {"@type": "ContactPoint", "telephone": place["phone"], "hoursAvailable": place["hours"]}
    return {
        "@type": "ServiceChannel",
        "servicePhone": phone,
        "serviceLocation": {"@type": "Place", "name": place["name"], "address": place["address"]},
    }


def _answer(question: Any) -> dict[str, Any]:
    text = strip_tags(question["answer"].source)
    return {
        "@type": "Question",
        "name": question["question"],
        "acceptedAnswer": {"@type": "Answer", "text": text},
    }
