"""Rows of a text's metadata block (`components/metadata.html`)."""

from __future__ import annotations

from typing import Any


def row(label: str, value: Any, *, chinese: bool = False, own: bool = False) -> dict[str, Any]:
    """A label and what stands beside it; a value that is empty leaves the row out.

    `chinese`: the value is Chinese in every language; `own`: it is in the page's language. Both are always
    there, for a template pays dearly for what it looks for in vain.
    """
    return {"label": label, "value": value, "chinese": chinese, "own": own}
