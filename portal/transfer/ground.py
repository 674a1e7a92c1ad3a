"""Where an import may go: a portal without texts, and how it is made ready for them."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from portal.cms.groups import give_pages, set_rights
from portal.pages.above import HOME_DEPTH
from portal.pages.base import PortalPage
from portal.pages.models import HomePage
from portal.pages.seed import lead_site_to
from portal.publishing.authority import acting_on_site
from portal.publishing.steps import RELEASERS
from portal.publishing.task import ensure_workflows
from portal.transfer.carried import Carried, carried
from portal.transfer.unpack import refused
from relief.errors import NotAllowed, Reason
from relief.officers.models import Officer
from relief.places.set_up import SETUP
from relief.trail.actor import Actor, Robot


def answering(by: Officer | Robot) -> Actor:
    """Who answers for all texts: a publisher over the whole site; set-up only while nobody is in office.

    Raises NotAllowed.
    """
    if not isinstance(by, Robot):
        return acting_on_site(by, RELEASERS)
    if by is SETUP and not Officer.objects.exists():
        return by.actor()
    raise NotAllowed(Reason("say-who", _("Say which publisher answers for it: --officer ACCOUNT.")))


def check_empty() -> None:
    """Raises Blocked where the portal holds texts or files already, with what it holds."""
    held = [(one, count) for one in carried() if (count := _own(one).count())]
    if held:
        names = ", ".join(f"{one.model._meta.verbose_name} ({count})" for one, count in held[:5])
        words = _(
            "This portal holds texts already: %(names)s. An export goes into an empty portal only: one that "
            "`migrate` has made, before `seed_site`."
        )
        raise refused("not-empty", words % {"names": names})


def _own(one: Carried) -> QuerySet:
    """The rows of a table that `migrate` didn't make."""
    rows = one.selected()
    if one.label == "wagtailcore.Page":
        return rows.exclude(_welcome()).exclude(depth=1)
    if one.label == "wagtailcore.Collection":
        return rows.exclude(depth=1)
    return rows.none() if one.label == "wagtailcore.Locale" else rows


def _welcome() -> Q:
    """Wagtail's welcome page."""
    return Q(depth=HOME_DEPTH, content_type__app_label="wagtailcore", content_type__model="page")


def clear() -> None:
    """Take Wagtail's welcome page away; the site waits at the root until the new home page is there."""
    root = Page.get_first_root_node()
    for site in Site.objects.all():
        site.root_page = root
        site.save()
    Page.objects.filter(_welcome()).delete()


def furnish(home: int) -> list[PortalPage]:
    """What set-up does besides pages: site, rights, steps of review. Raises Blocked without a home page."""
    found = HomePage.objects.filter(pk=home, depth=HOME_DEPTH).first()
    if found is None:
        raise refused("no-home", _("The file names no home page of its own."))
    lead_site_to(found)
    set_rights()
    ensure_workflows()
    homes = list(HomePage.objects.filter(depth=HOME_DEPTH))
    give_pages(homes)
    return homes
