"""A policy in the words of schema.org, for search engines (ux C8)."""

from __future__ import annotations

from typing import Any

from portal.pages.addresses import absolute
from portal.pages.validity import State, Validity

FORCE = {
    State.NOT_YET: "NotInForce",
    State.IN_FORCE: "InForce",
    State.AMENDED: "InForce",
    State.REPEALED: "NotInForce",
    State.EXPIRED: "NotInForce",
    State.WITHDRAWN: "NotInForce",
}


def legislation(policy: Any, held: Validity) -> dict[str, Any]:
    """Legislation with its identifier, dates and legal force; nothing empty."""
    facts = policy.facts
    said = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": policy.title,
        "description": policy.summary,
        "url": absolute(policy.get_url() or ""),
        "inLanguage": "zh-CN" if policy.language != "en" else "en",
        "legislationIdentifier": facts.document_number,
        "legislationPassedBy": policy.issuer and {"@type": "GovernmentOrganization", "name": policy.issuer},
        "legislationDate": facts.signed_on,
        "datePublished": policy.published_on,
        "temporalCoverage": _span(facts),
        "legislationLegalForce": f"https://schema.org/{FORCE[held.state]}",
    }
    return {name: value for name, value in said.items() if value}


def _span(facts: Any) -> str:
    if not facts.in_force_from:
        return ""
    return f"{facts.in_force_from.isoformat()}/{facts.ends_on.isoformat() if facts.ends_on else '..'}"
