"""Contents page: the site's tables."""

from portal.attachments.images import PortalImage, PortalRendition
from portal.attachments.models import PortalDocument
from portal.attachments.version_models import FileVersion, PublicFile
from portal.catalogue.models import CatalogueItem, CatalogueRow, CheckRun, Statement
from portal.finder.asked_models import AskedCount, AskedSecret, AskedWords
from portal.finder.models import AttachmentText
from portal.gate.models import GateRelease, GateVerdict
from portal.handover.models import Handover
from portal.notifying.models import Notification, NotificationRule, Occurrence
from portal.pages.collection import CollectionPage
from portal.pages.disclosure import DisclosurePage, DisclosureTextPage
from portal.pages.guide import GuideIndexPage, GuidePage
from portal.pages.interpretation import InterpretationPage, InterpretedPolicy
from portal.pages.listing import HomeColumn, ListingPage
from portal.pages.models import AnnouncementIndexPage, HomePage, NoticePage, PublicityIndexPage, SectionPage
from portal.pages.policy import PolicyChange, PolicyPage
from portal.pages.profile import LeaderPage, ProfilePage
from portal.pages.report import AnnualReportIndexPage, AnnualReportPage
from portal.pages.sections import InterpretationSection, PolicySection
from portal.particulars.models import Particulars
from portal.publishing.marks import TranslationMark
from portal.publishing.models import (
    AddressChange,
    Approval,
    BinnedDraft,
    MissingAddress,
    PageRecord,
    Plan,
    PreviewLink,
    PreviewOpening,
    PublicChange,
    Submission,
)
from portal.publishing.task import ReviewWorkflow, StepTask
from portal.registers.models import Register
from portal.transfer.models import Transfer

__all__ = [
    "AddressChange",
    "AnnouncementIndexPage",
    "AnnualReportIndexPage",
    "AnnualReportPage",
    "AttachmentText",
    "AskedCount",
    "AskedSecret",
    "AskedWords",
    "CatalogueItem",
    "CatalogueRow",
    "CheckRun",
    "CollectionPage",
    "DisclosurePage",
    "DisclosureTextPage",
    "FileVersion",
    "GateRelease",
    "GateVerdict",
    "GuideIndexPage",
    "GuidePage",
    "Handover",
    "HomeColumn",
    "Approval",
    "BinnedDraft",
    "HomePage",
    "LeaderPage",
    "InterpretationPage",
    "InterpretationSection",
    "InterpretedPolicy",
    "ListingPage",
    "MissingAddress",
    "NoticePage",
    "Notification",
    "NotificationRule",
    "Occurrence",
    "PolicyChange",
    "PolicyPage",
    "PolicySection",
    "PageRecord",
    "Particulars",
    "Plan",
    "PreviewLink",
    "PreviewOpening",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "ProfilePage",
    "PublicFile",
    "PublicChange",
    "PublicityIndexPage",
    "Register",
    "ReviewWorkflow",
    "SectionPage",
    "Statement",
    "StepTask",
    "Submission",
    "Transfer",
    "TranslationMark",
]
