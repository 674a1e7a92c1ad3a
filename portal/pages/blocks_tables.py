"""Tables of official texts: every table has a caption, and its cells know their column on a small screen."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.table_block.blocks import TableBlock

OPTIONS = {"renderer": "text", "height": 216, "startRows": 3, "startCols": 3}


class CaptionedTable(TableBlock):
    """A grid of words and numbers (表格) with a caption; without one it is refused."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("table_options", dict(OPTIONS))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        if value and not (value.get("table_caption") or "").strip():
            raise ValidationError(_("Give the table a caption: it says what the table shows."))
        return super().clean(value)

    def render(self, value: Any, context: Any = None) -> SafeString:
        data = [[cell or "" for cell in row] for row in (value or {}).get("data") or []]
        heads = data[0] if data and value.get("first_row_is_table_header") else []
        rows = data[1:] if heads else data
        drawn = {
            "caption": (value or {}).get("table_caption") or "",
            "heads": heads,
            "rows": [
                [(heads[at] if at < len(heads) else "", cell) for at, cell in enumerate(row)] for row in rows
            ],
            "row_heads": bool(value and value.get("first_col_is_header")),
        }
        return SafeString(render_to_string("blocks/table.html", drawn))

    class Meta:
        icon = "table"
        label = _("table")
