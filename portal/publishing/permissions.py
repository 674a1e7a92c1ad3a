"""What Wagtail's screens offer on a page: nothing that would change in public what nobody reviewed.

Wagtail asks here in single and bulk views, for superusers too. The guards hold what these only hide.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester

from portal.publishing.guards import was_public


class PublishingPermissions(PagePermissionTester):
    """Edit and submit as Wagtail says; nobody publishes, unpublishes, hides, reorders or schedules here."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """A draft without public pages below, while nobody reviews or locks it."""
        return self._is_loose_draft() and bool(super().can_delete(ignore_bulk))

    def can_move(self) -> bool:
        return self._is_loose_draft() and bool(super().can_move())

    def can_copy(self) -> bool:
        return not self.page.is_fixed and bool(super().can_copy())

    def can_submit_for_moderation(self) -> bool:
        return self.can_edit() and bool(super().can_submit_for_moderation())

    def _is_loose_draft(self) -> bool:
        page: Any = self.page
        return not (
            page.is_fixed
            or page.live
            or was_public(page.pk)
            or page.locked
            or page.workflow_in_progress
            or page.get_descendants().live().exists()
        )
