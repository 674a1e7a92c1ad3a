"""Responses of the four kinds to a list, through the verbs."""

from __future__ import annotations

from typing import Any

from relief.officers.models import Role
from relief.publicity.answer import answer_response
from relief.publicity.models import PublicList, Response
from relief.publicity.receipt import Receipt
from relief.publicity.receive import WEB, respond
from tests.factories.district import District

WORDS = "请核对，情况与公示内容不一致。"


def told(public_list: PublicList, kind: str, **given: Any) -> Receipt:
    """A response on the web to row 1, or of somebody left out in community 10102."""
    where = {"community": "10102"} if kind == "left-out" else {"row": "1"}
    usual: dict[str, Any] = {"by": WEB, "channel": "web", "words": WORDS}
    usual |= {"name": "周正", "contact": "138 0000 1111"}
    return respond(public_list, kind=kind, **(usual | where | given))


def answered(district: District, response: Response, *, upheld: bool = True, **given: Any) -> Response:
    """Answered at the handler, or by `role` in `area`."""
    response = Response.objects.get(pk=response.pk)
    handler = response.handler or "101"
    area, role = given.pop("area", handler), given.pop("role", None)
    usual = {3: Role.STREET_ACCEPTOR, 5: Role.COMMUNITY_CLERK}
    by = district.officer(role or usual[len(handler)], area)
    return answer_response(
        response, by=by, version=response.version, upheld=upheld, words="已核实。", **given
    )
