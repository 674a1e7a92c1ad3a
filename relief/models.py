"""Contents page: the tables of every room, from the lowest to the top."""

from relief.ledger.models import JournalHead, Publication, Series  # isort: skip
from relief.trail.models import Access, Event, Refusal, TrailHead, Witness  # isort: skip
from relief.places.models import Area, Board, Station  # isort: skip
from relief.confidential.models import BlindIndex, DataKey  # isort: skip
from relief.officers.models import Account, Appointment, Officer  # isort: skip
from relief.officers.relatives import StaffRelative  # isort: skip
from relief.standards.models import CalendarDay, Clause, Standard  # isort: skip
from relief.households.models import DeathRecord, Household, Membership, Person  # isort: skip
from relief.applications.models import Application, ClockChange  # isort: skip
from relief.decisions.models import (  # isort: skip
    CheckBatch,
    CrossCheck,
    DemocraticReview,
    HomeVisit,
    Opinion,
    RegisterHit,
)
from relief.publicity.models import (  # isort: skip
    Entry,
    Posting,
    PublicList,
    PublicRow,
    Response,
    Retraction,
    Selection,
)
from relief.publicity.evidence_models import BoardEvidence, BoardPhoto, Supplement  # isort: skip
from relief.publicity.correction_models import Correction, CorrectionRow  # isort: skip
from relief.publicity.response_models import ResponseDraft, ResponseFile  # isort: skip
from relief.publicity.gate_models import GateVerdict  # isort: skip
from relief.publicity.screen_models import Screen  # isort: skip
from relief.awards.models import Adjustment, Award, AwardChange, AwardPeriod, ImportBatch  # isort: skip
from relief.projects.sunshine.models import IncomeTotals  # isort: skip

__all__ = [
    "Adjustment",
    "BoardEvidence",
    "BoardPhoto",
    "Correction",
    "CorrectionRow",
    "GateVerdict",
    "ResponseDraft",
    "ResponseFile",
    "Screen",
    "Supplement",
    "StaffRelative",
    "Retraction",
    "Response",
    "RegisterHit",
    "DemocraticReview",
    "DeathRecord",
    "ClockChange",
    "CheckBatch",
    "Access",
    "Account",
    "Application",
    "Appointment",
    "Area",
    "Award",
    "AwardChange",
    "AwardPeriod",
    "BlindIndex",
    "Board",
    "CalendarDay",
    "Clause",
    "CrossCheck",
    "DataKey",
    "Entry",
    "Event",
    "HomeVisit",
    "Household",
    "ImportBatch",
    "IncomeTotals",
    "JournalHead",
    "Membership",
    "Officer",
    "Opinion",
    "Person",
    "Posting",
    "PublicList",
    "PublicRow",
    "Publication",
    "Refusal",
    "Selection",
    "Series",
    "Standard",
    "Station",
    "TrailHead",
    "Witness",
]
