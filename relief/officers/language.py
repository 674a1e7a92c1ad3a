"""An officer's own setting: the language of the desk."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from relief.errors import Invalid, NotAllowed, Reason
from relief.officers.models import Officer
from relief.trail.record import record, set_if
from relief.trail.verb import verb


@verb("choose-language")
def choose_language(officer: Officer, *, by: Officer, language: str, version: int) -> Officer:
    """Set the language in which the desk speaks to `officer`. Raises NotAllowed, Invalid, Stale."""
    if by.pk != officer.pk:
        raise NotAllowed(Reason("not-yours", _("Everybody chooses the language of their own desk.")))
    if language not in dict(settings.LANGUAGES):
        raise Invalid({"language": [Reason("choice", _("Choose one of the languages offered."))]})
    event = record("choose-language", officer, actor=by.actor(), reason=language)
    return set_if(officer, version, {"language": language}, event)
