"""The column that holds a text made of blocks."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField

from portal.pages.blocks import OfficialBody


class BodyField(StreamField):
    """A text of `OfficialBody` blocks. Migrations don't repeat them: the column is JSON anyway."""

    def __init__(self, verbose_name: Any = None, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(OfficialBody(), verbose_name=verbose_name, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _blocks, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
