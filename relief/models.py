"""Contents page: the tables of every room, from the lowest to the top."""

from relief.ledger.models import JournalHead, Publication, Series  # isort: skip
from relief.trail.models import Access, Event, Refusal, TrailHead, Witness  # isort: skip
from relief.places.models import Area, Board, Station  # isort: skip
from relief.confidential.models import BlindIndex, DataKey  # isort: skip
from relief.officers.models import Account, Appointment, Officer  # isort: skip
from relief.standards.models import CalendarDay, Clause, Standard  # isort: skip
from relief.households.models import Household, Membership, Person  # isort: skip
from relief.applications.models import Application  # isort: skip
from relief.decisions.models import CrossCheck, HomeVisit, Opinion  # isort: skip
from relief.publicity.models import Entry, Posting, PublicList, PublicRow, Selection  # isort: skip
from relief.awards.models import Award, AwardChange, AwardPeriod, ImportBatch  # isort: skip
from relief.projects.sunshine.models import IncomeTotals  # isort: skip

__all__ = [
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
