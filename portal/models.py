"""Contents page: the site's tables."""

from portal.attachments.images import PortalImage, PortalRendition
from portal.attachments.models import FileVersion, PortalDocument, PublicFile
from portal.catalogue.models import CatalogueItem, CatalogueRow, CheckRun, Statement
from portal.gate.models import GateRelease, GateVerdict
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
    "FileVersion",
    "CatalogueItem",
    "CatalogueRow",
    "CheckRun",
    "HomeColumn",
    "HomePage",
    "ListingPage",
    "NoticePage",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "PublicFile",
    "PublicityIndexPage",
    "Register",
    "SectionPage",
    "Statement",
]
