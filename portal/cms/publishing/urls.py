"""Addresses under `/cms/publishing/`. Who is not signed in is led to the sign-in, as in all of the CMS."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from portal.cms.contents import bulk, care, handover
from portal.cms.contents.view import Contents
from portal.cms.publishing import (
    addresses,
    appointments,
    beside,
    binned,
    board,
    bringing,
    hot_fix,
    leading,
    missing,
    plans,
    review,
    rights,
    rules,
    sharing,
    site,
    waiting,
    withdrawal,
)
from portal.cms.searching import log, synonyms

app_name = "publishing"

_SCREENS = [
    path("", waiting.waiting, name="waiting"),
    path("review/<int:page_id>/", review.review, name="review"),
    path("review/<int:page_id>/text/", review.text, name="review-text"),
    path("review/<int:page_id>/findings/", review.release_findings, name="release-findings"),
    path("withdraw/<int:page_id>/", withdrawal.withdrawal, name="withdraw"),
    path("hot-fix/<int:page_id>/", hot_fix.hot_fix, name="hot-fix"),
    path("preview-links/<int:page_id>/", sharing.preview_links, name="preview-links"),
    path("translations/", board.board, name="translations"),
    path("translations/<int:page_id>/", board.translation, name="translation"),
    path("beside/<int:page_id>/", beside.beside, name="beside"),
    path("plans/", plans.plans, name="plans"),
    path("plans/<int:plan_id>/", plans.planned, name="planned"),
    path("bin/", binned.binned, name="bin"),
    path("contents/", Contents.as_view(), name="contents"),
    path("contents/results/", Contents.as_view(results_only=True), name="contents-results"),
    path("contents/bulk/", bulk.bulk, name="bulk"),
    path("contents/care/<int:page_id>/", care.care, name="care"),
    path("contents/checked/<int:page_id>/", care.checked, name="checked"),
    path("handover/", handover.handover, name="handover"),
    path("rights/<int:page_id>/", rights.rights, name="rights"),
    path("appoint/<int:page_id>/", appointments.appoint, name="appoint"),
    path("appointments/<int:appointment_id>/", appointments.appointment, name="appointment"),
    path("notifications/", rules.rules, name="rules"),
    path("notifications/add/", rules.add, name="add-rule"),
    path("notifications/log/", rules.log, name="rule-log"),
    path("notifications/mail/", rules.own_mail, name="own-mail"),
    path("notifications/<int:rule_id>/", rules.one_rule, name="rule"),
    path("synonyms/", synonyms.synonyms, name="synonyms"),
    path("synonyms/add/", synonyms.add, name="add-synonyms"),
    path("synonyms/<int:group_id>/", synonyms.one_group, name="synonym-group"),
    path("searches/", log.searches, name="searches"),
    path("searches/export/", log.export, name="searches-export"),
    path("site/", site.site, name="site"),
    path("print.css", rights.print_rules, name="print-styles"),
    path("addresses/", leading.leading_addresses, name="leading"),
    path("addresses/export/", leading.export, name="leading-export"),
    path("addresses/bring-in/", bringing.bring_addresses, name="bring-addresses"),
    path("addresses/<int:page_id>/", addresses.addresses, name="addresses"),
    path("addresses/<int:page_id>/move/", addresses.moving, name="move"),
    path("missing/", missing.missing, name="missing"),
    path("missing/<int:missing_id>/", missing.lead_on, name="lead-on"),
    path("steps/", rights.steps, name="steps"),
    path("help/", rights.help_page, name="help"),
]

urlpatterns = decorate_urlpatterns(_SCREENS, require_admin_access)
