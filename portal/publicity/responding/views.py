"""Respond to a list (反映): start, one question a page, check, send once, receipt; works without a script."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal.freshness import fresh_answer
from portal.publicity import throttle
from portal.publicity.addresses import list_path, section_name, section_path
from portal.publicity.finding import found_list
from portal.publicity.responding import device
from portal.publicity.responding.forms import FORMS, StepForm, kinds
from portal.publicity.responding.resume import ResumeForm
from portal.publicity.responding.upload import MemoryOnly
from portal.publicity.responding.writing import Writing, label_of, resumed, writing_of
from portal.publicity.standing import standing_of
from portal.publicity.throttle import Limit
from relief.publicity.draft import keep_answers, keep_picture, start_draft
from relief.publicity.models import ListKind
from relief.publicity.response_models import ResponseDraft

STARTS = Limit("respond-start", times=30, minutes=60)
PICTURES = Limit("respond-picture", times=20, minutes=60)
#: questions that are a page's only one
SINGLE = {"kind": "kind", "row": "row", "community": "community", "words": "words"}
SINGLE |= {"staff": "about_staff", "named": "named"}
RESUMES = Limit("respond-resume", times=10, minutes=15)

View = Callable[..., HttpResponse]


def private_form(view: View) -> View:
    """A page of the form: its own token, no upload on the disk, kept by nobody, found by no engine."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [MemoryOnly(request)]
        return kept_by_nobody(protected(request, *args, **kwargs))

    protected = csrf_protect(sensitive_post_parameters()(require_http_methods(["GET", "HEAD", "POST"])(view)))
    return csrf_exempt(run)


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True, private=True)
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


@require_safe
def start_page(request: HttpRequest, number: str) -> HttpResponse:
    """What happens, who reads what, until when; sets no cookie. For a list that is over: the other ways."""
    public_list = found_list(ListKind.PRE_APPROVAL, number)

    def build() -> HttpResponse:
        writing = Writing(public_list)
        context = writing.context() | {"standing": standing_of(public_list), "breadcrumbs": crumbs(writing)}
        if reason := writing.closed:
            return render(request, "respond/over.html", context | {"reason": reason})
        row = request.GET.get("row", "")[:20]
        context |= {
            "kinds": kinds(),
            "row": row,
            "first_url": writing.url("kind"),
            "resume_url": writing.url("resume"),
        }
        return render(request, "respond/start.html", context)

    return fresh_answer(request, public_list, build)


@private_form
def step_page(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """One question. Its answer is kept at once; the next page is the first question without an answer."""
    writing = writing_of(request, number)
    if elsewhere := not_here(request, writing):
        return elsewhere
    if request.method == "POST":
        return answer_step(request, writing, step)
    if step != "kind":
        if writing.draft is None:
            return HttpResponseRedirect(f"{writing.url('resume')}?lost=1")
        steps = writing.steps()
        if step not in steps or not all(writing.answered(one) for one in steps[: steps.index(step)]):
            return HttpResponseRedirect(writing.url(writing.next()))
    form = FORMS[step](public_list=writing.public_list, answers=writing.answers, initial=writing.answers)
    return draw_step(request, writing, step, form)


def answer_step(request: HttpRequest, writing: Writing, step: str) -> HttpResponse:
    """Keep a valid answer and go on, or show what is wrong with everything that was typed."""
    if step == "picture" and (again := throttle.count(PICTURES, throttle.address_of(request))):
        return throttle.too_many(request, again, why=all_is_kept())
    form = FORMS[step](
        request.POST, files=request.FILES, public_list=writing.public_list, answers=writing.answers
    )
    if not form.is_valid():
        return draw_step(request, writing, step, form)
    if writing.draft is None:
        return begin(request, writing, form)
    try:
        keep(writing.draft, step, form)
    except ResponseDraft.DoesNotExist:  # sent or deleted in another window
        return HttpResponseRedirect(writing.url("resume"))
    kept = resumed(Writing(writing.public_list), writing.code)
    return HttpResponseRedirect(kept.url(kept.next()))


def begin(request: HttpRequest, writing: Writing, form: StepForm) -> HttpResponse:
    """The first answer makes the draft, and the device is given its code."""
    number = str(writing.public_list.number)
    if again := throttle.count(STARTS, throttle.address_of(request)):
        return throttle.too_many(request, again)
    answers = {name: value for name, value in form.kept().items() if isinstance(value, str)}
    if row := request.GET.get("row", "")[:20]:
        answers.setdefault("row", row)
    code, _draft = start_draft(writing.public_list, answers)
    begun = resumed(Writing(writing.public_list), code)
    return device.remember(HttpResponseRedirect(begun.url(begun.next())), request, number, code)


def keep(draft: ResponseDraft, step: str, form: StepForm) -> None:
    """Raises ResponseDraft.DoesNotExist."""
    if step != "picture":
        keep_answers(draft, form.kept())
    elif form.cleaned_data["picture"] or form.cleaned_data["drop"] or not draft.stored_as:
        keep_picture(draft, form.cleaned_data["picture"])


def draw_step(request: HttpRequest, writing: Writing, step: str, form: StepForm) -> HttpResponse:
    """The page of a question; 422 when something in it is wrong."""
    has_picture = bool(writing.answers.get("picture"))
    if step == "picture" and not has_picture:
        form.fields.pop("drop", None)
    steps = writing.steps()
    context = writing.context() | {
        "form": form,
        "question": form[single] if (single := SINGLE.get(step)) else None,
        "heading": form[single].label if single else label_of(step),
        "step": step,
        "has_picture": has_picture,
        "place": steps.index(step) + 1 if step in steps else 1,
        "places": len(steps) + 1,
        "back_url": writing.before(step),
    }
    return render(request, "respond/step.html", context, status=422 if form.errors else 200)


@private_form
def resume_page(request: HttpRequest, number: str) -> HttpResponse:
    """Go on with a draft by its code, on any device; guesses are counted."""
    writing = writing_of(request, number)
    form = ResumeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if again := throttle.exhausted(RESUMES, throttle.address_of(request)):
            return throttle.too_many(request, again)
        found = resumed(Writing(writing.public_list), form.cleaned_data["code"])
        if found.draft is not None:
            target = found.url("sent" if found.is_sent else found.next())
            return device.remember(HttpResponseRedirect(target), request, number, found.code)
        throttle.count(RESUMES, throttle.address_of(request))
        form.add_error(
            "code", _("No answers are kept under this code for this list. They are kept for 24 hours.")
        )
    context = writing.context() | {
        "form": form,
        "lost": "lost" in request.GET,
        "first_url": writing.url("kind"),
        "over": writing.closed is not None,
        "breadcrumbs": crumbs(writing),
    }
    return render(request, "respond/resume.html", context, status=422 if form.errors else 200)


def not_here(request: HttpRequest, writing: Writing) -> HttpResponse | None:
    """Where a question leads when the response was sent already, or nothing can be said any more."""
    if writing.is_sent:
        return HttpResponseRedirect(writing.url("sent"))
    reason = writing.closed
    return over_page(request, writing, reason) if reason else None


def over_page(request: HttpRequest, writing: Writing, reason: Any) -> HttpResponse:
    """Not sent, for the period is over: the other ways, and the answers to print or copy. 409."""
    context = writing.context() | {
        "reason": reason,
        "lines": writing.lines() if writing.draft else [],
        "standing": standing_of(writing.public_list),
        "breadcrumbs": crumbs(writing),
    }
    return render(request, "respond/over.html", context, status=409)


def all_is_kept() -> str:
    return _("Your answers are kept: nothing is lost.")


def crumbs(writing: Writing) -> list[dict[str, str]]:
    """Section and list; the form's own pages lead back to their start."""
    public_list = writing.public_list
    return [
        {"label": section_name(public_list.kind), "url": section_path(public_list.kind)},
        {"label": public_list.title, "url": list_path(public_list)},
    ]
