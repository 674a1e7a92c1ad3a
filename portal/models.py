"""Contents page: the site's tables."""

from portal.gate.models import GateRelease, GateVerdict
from portal.pages.files import PortalDocument, PortalImage, PortalRendition
from portal.pages.listing import HomeColumn, ListingPage
from portal.pages.models import AnnouncementIndexPage, HomePage, NoticePage, PublicityIndexPage, SectionPage
from portal.pages.report import AnnualReportIndexPage, AnnualReportPage
from portal.registers.models import Register

__all__ = [
    "AnnouncementIndexPage",
    "AnnualReportIndexPage",
    "AnnualReportPage",
    "GateRelease",
    "GateVerdict",
    "HomeColumn",
    "HomePage",
    "ListingPage",
    "NoticePage",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "PublicityIndexPage",
    "Register",
    "SectionPage",
]
