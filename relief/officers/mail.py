"""An officer's own office mail address: where notifications go."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from relief.errors import Invalid, NotAllowed, Reason
from relief.officers.models import Officer
from relief.trail.record import record, set_if
from relief.trail.verb import verb


@verb("enter-office-mail")
def enter_mail(officer: Officer, *, by: Officer, mail: str, version: int) -> Officer:
    """Enter, change or, with an empty one, take out the address. Raises NotAllowed, Invalid, Stale."""
    if by.pk != officer.pk:
        raise NotAllowed(Reason("not-yours", _("Everybody enters their own office mail address.")))
    mail = mail.strip()
    try:
        if mail:
            validate_email(mail)
    except ValidationError as wrong:
        words = _("This is no mail address, as in name@example.cn.")
        raise Invalid({"mail": [Reason("no-mail-address", words)]}) from wrong
    if len(mail) > (Officer._meta.get_field("mail").max_length or 0):
        raise Invalid({"mail": [Reason("too-long", _("This address is too long."))]})
    event = record("enter-office-mail", officer, actor=by.actor())
    return set_if(officer, version, {"mail": mail}, event)
