"""A column that holds a list of blocks of a page type's own."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField


class ItemsField(StreamField):
    """Like StreamField; migrations don't repeat the blocks: the column is JSON anyway."""

    def __init__(self, block_types: Any = (), verbose_name: Any = None, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(list(block_types), verbose_name=verbose_name, **{"blank": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _blocks, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
