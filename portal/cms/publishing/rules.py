"""Notification rules: list, one rule with history and trial, the log of mails, one's own address."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from portal.cms.publishing.frame import number_in, status_of, text_in, told
from portal.cms.publishing.rule_forms import MailFilter, RuleForm
from portal.cms.publishing.rule_words import history_in_words, recipient_in_words, section_titles
from portal.notifying.mail import deliver, mail_for, type_label
from portal.notifying.models import Happening, MailState, Notification, NotificationRule, Occurrence
from portal.notifying.sample import sample
from portal.notifying.tell import recipients
from portal.notifying.verbs import change_rule, end_rule, make_rule, try_rule
from portal.publishing.authority import officer_behind, releases_whole_site
from relief.errors import Refused
from relief.officers.mail import enter_mail
from relief.officers.models import Officer

PER_PAGE = 20


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Rules that hold, or with `ended=1` those that ended, by event; and the officer's own address."""
    officer = officer_behind(request.user)
    ended = request.GET.get("ended") == "1"
    event = request.GET.get("event", "")
    found = NotificationRule.objects.filter(ended_at__isnull=not ended).select_related("officer")
    if event in Happening.values:
        found = found.filter(event=event)
    shown = Paginator(found.order_by("event", "pk"), PER_PAGE).get_page(request.GET.get("p"))
    titles = section_titles(rule.section for rule in shown)
    lines = [_line(rule, titles) for rule in shown]
    context = {"shown": shown, "lines": lines, "ended": ended, "event": event, "events": Happening.choices}
    return render(request, "cms/rules.html", context | {"officer": officer})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new rule."""
    officer = officer_behind(request.user)
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rule = make_rule(form.wanted(), by=officer, why=form.cleaned_data["why"])
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("The rule holds from now on."))
            return HttpResponseRedirect(reverse("publishing:rule", args=[rule.pk]))
    return render(request, "cms/rule.html", {"form": form}, status=form.status if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def one_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """One rule: what it would send and to whom, changing, ending, a trial to oneself, its history."""
    officer = officer_behind(request.user)
    rule = get_object_or_404(NotificationRule.objects.select_related("officer"), pk=rule_id)
    act = request.POST.get("act", "")
    form = RuleForm(request.POST if act == "change" else None, rule=rule)
    status = 422 if form.errors else 200
    if request.method == "POST" and (act != "change" or form.is_valid()):
        try:
            _do(request, rule, form, officer, act)
        except Refused as refused:
            form.add_refusal(refused) if form.is_bound else told(request, refused)
            status = status_of(refused)
        else:
            return HttpResponseRedirect(request.path)
    context = _rule_context(request, rule, form, officer)
    return render(request, "cms/rule.html", context, status=status)


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Every mail: to whom, about what, when, with which result; to others only those that went to them."""
    officer = officer_behind(request.user)
    form = MailFilter(request.GET)
    asked = form.asked()
    found = Notification.objects.select_related("occurrence", "officer", "rule")
    if not releases_whole_site(officer):
        found = found.filter(officer=officer)
    if "state" in asked:
        found = found.filter(state=asked["state"])
    if "event" in asked:
        found = found.filter(occurrence__event=asked["event"])
    shown = Paginator(found.order_by("-pk"), PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "cms/rule_log.html", {"shown": shown, "form": form})


@require_POST
def own_mail(request: HttpRequest) -> HttpResponse:
    """The address to which the officer's own notifications go."""
    officer = officer_behind(request.user)
    try:
        enter_mail(officer, by=officer, mail=text_in(request, "mail"), version=number_in(request, "version"))
    except Refused as refused:
        told(request, refused)
    else:
        messages.success(request, _("Your office mail address is kept."))
    return HttpResponseRedirect(reverse("publishing:rules"))


def _do(request: HttpRequest, rule: NotificationRule, form: RuleForm, officer: Officer, act: str) -> None:
    """The act that the pressed button names."""
    if act == "change":
        data = form.cleaned_data
        version = data["version"] or 0
        change_rule(rule, by=officer, version=version, wanted=form.wanted(), why=data["why"])
        messages.success(request, _("The rule is changed."))
    elif act == "end":
        why = text_in(request, "why")
        end_rule(rule, by=officer, version=number_in(request, "version"), why=why)
        messages.success(request, _("The rule has ended."))
    else:
        _try(request, try_rule(rule, by=officer))


def _try(request: HttpRequest, mail: Notification) -> None:
    """Send the trial at once; a failure is told and tried again like any other mail."""
    try:
        deliver(mail)
    except Exception:
        messages.error(request, _("The mail could not be sent now. It stays in the log and is tried again."))
        return
    if Notification.objects.get(pk=mail.pk).state == MailState.SENT:
        words = _("The trial was sent to %(mail)s.")
        messages.success(request, words % {"mail": mail.officer.mail})


def _rule_context(
    request: HttpRequest, rule: NotificationRule, form: RuleForm, officer: Officer
) -> dict[str, Any]:
    found = sample(rule)
    happened = Occurrence(
        event=found.event,
        page_type=found.page_type,
        section=found.section,
        title=found.title,
        path=found.path,
        at=found.at,
    )
    sent = Notification.objects.filter(rule=rule).select_related("occurrence", "officer").order_by("-pk")
    shown, steps = history_in_words(rule, request.GET.get("p"))
    return {
        "form": form,
        "rule": rule,
        "line": _line(rule, section_titles([rule.section])),
        "mail": mail_for(officer, happened),
        "meant": recipients(rule, found),
        "last": sent[:5],
        "shown": shown,
        "steps": steps,
    }


def _line(rule: NotificationRule, titles: dict[Any, str]) -> dict[str, Any]:
    return {
        "rule": rule,
        "type": type_label(rule.page_type) if rule.page_type else _("all types"),
        "section": titles.get(rule.section, "") if rule.section else _("the whole site"),
        "to": recipient_in_words(rule),
    }
