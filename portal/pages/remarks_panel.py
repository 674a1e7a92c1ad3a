"""In the editor: what the checks remark on the text as it was saved last; nothing is stopped by it."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from portal.pages.text_checks import remarks_on


class RemarksPanel(Panel):
    """A list above the fields, drawn with each load and save of the form; a new page has none."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/remarks.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "remarks": remarks_on(self.instance)}
