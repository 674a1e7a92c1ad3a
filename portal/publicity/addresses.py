"""Addresses of lists: made from the number, the same for ever."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from relief.publicity.models import ListKind, PublicList

NUMBER = r"-\d{3}-\d{4}-\d{3,6}"
SECTIONS = {
    ListKind.PRE_APPROVAL.value: "publicity",
    ListKind.ANNOUNCEMENT.value: "announcements",
    ListKind.CHANGES.value: "announcements",
    ListKind.STANDING.value: "announcements",
}


def section_path(kind: str) -> str:
    """`/publicity/` or `/announcements/` in the active language; the page itself is the editors'."""
    return reverse("wagtail_serve", args=[f"{SECTIONS[kind]}/"])


def section_name(kind: str) -> str:
    return _("Lists before approval") if kind == ListKind.PRE_APPROVAL else _("Announcements")


def list_path(public_list: PublicList, act: str = "list") -> str:
    """Path of a list, or of its `history`, `csv`, `xlsx` or `json`, in the active language."""
    return reverse(f"publicity:{public_list.kind}-{act}", args=[public_list.number])


def respond_path(public_list: PublicList) -> str:
    """Where one responds to a list before approval, in the active language."""
    return reverse("publicity:respond", args=[public_list.number])


def correction_path(public_list: PublicList, edition: int | None) -> str:
    """Path of what an edition corrected, in the active language."""
    return reverse(f"publicity:{public_list.kind}-correction", args=[public_list.number, edition or 1])


def verify_path(public_list: PublicList) -> str:
    """Path of the check with the full digest, in the active language."""
    return reverse("publicity:verify-list", args=[public_list.number, public_list.digest])


def printed_address(public_list: PublicList) -> str:
    """What the QR code and the foot of the paper say: the bureau's own host, never the request's."""
    return f"{settings.PUBLIC_BASE_URL}/verify/{public_list.number}/{public_list.digest}"
