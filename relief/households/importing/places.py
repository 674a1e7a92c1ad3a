"""Communities as offices name them, without the endings that come and go (社区名称)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from relief.households.importing.cells import Unparsed, half_width

_ENDING = re.compile(r"(社区)?(居民委员会|居委会|村民委员会|村委会|社区|村)?$")


def _plain(text: str) -> str:
    text = half_width(text)
    return _ENDING.sub("", text, count=1) or text


class Communities:
    """Finds a community's code by code or name: 青泥社区居委会, 青泥社区 and 青泥 are one."""

    def __init__(self, places: Iterable[tuple[str, str]]) -> None:
        self._codes: dict[str, set[str]] = {}
        for code, name in places:
            for key in {code, half_width(name), _plain(name)}:
                self._codes.setdefault(key, set()).add(code)

    def code(self, text: str) -> str:
        """The code of the community that the text names; raises `Unparsed` when none or several fit."""
        found = self._codes.get(half_width(text)) or self._codes.get(_plain(text)) or set()
        if not found:
            raise Unparsed("community-unknown")
        if len(found) > 1:
            raise Unparsed("community-ambiguous", codes="、".join(sorted(found)))
        return next(iter(found))
