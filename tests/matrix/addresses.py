"""Every address of the site, as Django's resolver knows it, and a real path for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse

from portal.cms.urls import CLOSED

#: the paths that stand for patterns which can't be made from a name
EXAMPLES = {
    "cms/test404/": "/cms/test404/",
    "cms/account/": "/cms/account/",
    "cms/login/": "/cms/login/",
    CLOSED: "/cms/users/",
    "cms/.*/$": "/cms/no/such/page/",
    "^((?:[\\w\\-]+/)*)$": "/notices/",
}


class Address(NamedTuple):
    """One pattern of the resolver. `name` is empty for the few that have none."""

    name: str
    route: str
    pattern: URLPattern

    @property
    def key(self) -> tuple[str, str]:
        return self.name or "-", self.route

    @property
    def parameters(self) -> list[str]:
        """What has to be filled in, in order."""
        return re.findall(r"<(?:\w+:)?(\w+)>", self.route)

    def path(self, values: Mapping[str, Any]) -> str:
        """A real path with `values` filled in."""
        if self.route in EXAMPLES:
            return EXAMPLES[self.route]
        if "args" in values:
            return reverse(self.name, args=values["args"])
        kwargs = {name: values[name] for name in self.parameters}
        try:
            return reverse(self.name, kwargs=kwargs)
        except NoReverseMatch:
            return reverse(self.name, args=list(kwargs.values()))

    def leads_here(self, path: str) -> bool:
        """Whether the resolver answers `path` with this pattern, and not with one that stands before it."""
        return resolve(path).func is self.pattern.callback


def addresses() -> list[Address]:
    """All patterns, in the order in which they are tried."""
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, route: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for one in resolver.url_patterns:
        here = route + str(one.pattern).removeprefix("^" if route else "")
        if isinstance(one, URLResolver):
            yield from _walk(one, here, (*spaces, one.namespace) if one.namespace else spaces)
        else:
            yield Address(":".join((*spaces, one.name)) if one.name else "", here, one)
