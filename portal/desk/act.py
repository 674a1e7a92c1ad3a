"""The shape of every act at the desk: GET asks, POST does it once, with the version that was read.

Refusals keep what was typed: bad input comes back in the form (422), "when" and "what is missing" above it
(409), "who" on a page of its own (403), and when somebody was first both values stand side by side (409).
"""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from portal.desk.find import case_ref, find_case, find_list, readers_stay_out
from portal.desk.frame import DeskView, at_desk, held_by, page, refusal_page
from portal.desk.shown import shown_value
from portal.desk.words import Row, act_label
from portal.forms import Form
from relief.applications.models import Application
from relief.decisions.blockers import ready
from relief.decisions.case_file import CaseFile, read_case
from relief.errors import Invalid, NotAllowed, Reason, Refused, Stale
from relief.officers.models import Officer
from relief.trail.timeline import last_act
from relief.trail.tracked import Root
from relief.trail.verb import write_refusal


class ActForm(Form):
    """Base of the forms of acts: carries the version that the officer read."""

    version = forms.IntegerField(
        label=gettext_lazy("version of the record"),
        widget=forms.HiddenInput,
        min_value=1,
        max_value=2**31 - 1,
    )


class Act(View):
    """One act on a record. Subclasses say how it is found, asked, checked and done."""

    name: ClassVar[str] = ""
    title: ClassVar[Any] = ""
    text: ClassVar[Any] = ""
    button: ClassVar[Any] = ""
    done: ClassVar[Any] = ""
    danger: ClassVar[bool] = False
    section: ClassVar[str] = "queue"
    form_class: ClassVar[type[ActForm]] = ActForm
    template: ClassVar[str] = "desk/act.html"
    #: fields of the verb that the form calls otherwise
    field_names: ClassVar[dict[str, str]] = {}

    @classmethod
    def at_desk(cls) -> DeskView:
        """The view for urls.py; what is typed into an act stands in no report of an error."""
        return at_desk(cast(DeskView, sensitive_post_parameters()(cls.as_view())))

    def get(self, request: HttpRequest, officer: Officer, **address: Any) -> HttpResponse:
        """Ask, if the act may be done; else say why not."""
        subject = self.find(officer, **address)
        try:
            self.check(subject, officer)
        except Refused as refused:
            return refusal_page(request, officer, refused, back=self.back(subject), title=str(self.title))
        return self.draw(request, officer, subject, self.form(subject, officer))

    def post(self, request: HttpRequest, officer: Officer, **address: Any) -> HttpResponse:
        """Do it, or say why not and keep what was typed."""
        subject = self.find(officer, **address)
        readers_stay_out(officer, held_by(request), self.name, subject)
        form = self.form(subject, officer, request.POST)
        if not form.is_valid():
            self._who_first(subject, officer)
            write_refusal(self.name, _form_refusal(form), by=officer, subject=subject)
            return self.draw(request, officer, subject, form, status=422)
        if "preview" in request.POST:
            self.check(subject, officer)
            return self.draw(request, officer, subject, form, preview=True)
        try:
            result = self.perform(subject, officer, form.cleaned_data)
        except Invalid as refused:
            form.refuse(self._at_fields(refused))
            return self.draw(request, officer, subject, form, status=422)
        except Refused as refused:
            return self._refused(request, officer, subject, form, refused, address)
        if self.done:
            messages.success(request, str(self.done))
        return HttpResponseRedirect(self.forward(subject, result))

    def _who_first(self, subject: Any, officer: Officer) -> None:
        """A form that can't be read never reaches its verb: whether the officer may is said all the same."""
        try:
            self.check(subject, officer)
        except NotAllowed as refused:
            write_refusal(self.name, refused, by=officer, subject=subject)
            raise
        except Refused:
            return

    def _refused(
        self,
        request: HttpRequest,
        officer: Officer,
        subject: Any,
        form: ActForm,
        refused: Refused,
        address: dict[str, Any],
    ) -> HttpResponse:
        if isinstance(refused, Stale) or form.cleaned_data["version"] != self.version_of(subject):
            return self.conflict(request, officer, form, refused, address)
        if isinstance(refused, NotAllowed):
            return refusal_page(request, officer, refused, back=self.back(subject), title=str(self.title))
        form.refuse(refused)
        return self.draw(request, officer, subject, form, status=409)

    def conflict(
        self, request: HttpRequest, officer: Officer, form: ActForm, refused: Refused, address: dict[str, Any]
    ) -> HttpResponse:
        """Somebody was first: what stands now beside what was typed, and the form on the current version."""
        fresh = self.find(officer, **address)
        stands = self.stands(fresh, officer)
        changes = [
            {"field": form[name].label, "theirs": stands.get(name), "yours": shown_value(form, name)}
            for name in form.fields
            if not form[name].is_hidden and stands.get(name) != shown_value(form, name)
        ]
        typed = QueryDict(mutable=True)
        typed.update(request.POST)
        typed["version"] = str(self.version_of(fresh))
        reasons = [] if isinstance(refused, Stale) else refused.reasons
        return self.draw(
            request,
            officer,
            fresh,
            self.form(fresh, officer, typed),
            status=409,
            conflict={
                "changes": self.moved(fresh, form) + changes,
                "last": last_act(fresh),
                "reasons": reasons,
            },
        )

    def draw(
        self,
        request: HttpRequest,
        officer: Officer,
        subject: Any,
        form: ActForm,
        *,
        status: int = 200,
        preview: bool = False,
        conflict: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {
            "form": form,
            "title": self.title,
            "text": self.text,
            "button": _("Try again on the current version") if conflict else self.button,
            "danger": self.danger,
            "back_url": self.back(subject),
            "conflict": conflict,
            "last_act": act_label(conflict["last"]) if conflict and conflict["last"] else "",
            **self.context(subject, officer, form, preview=preview),
        }
        return page(request, officer, self.template, context, section=self.section, status=status)

    def _at_fields(self, refused: Invalid) -> Invalid:
        return Invalid({self.field_names.get(name, name): why for name, why in refused.fields.items()})

    # --- what a subclass says -------------------------------------------------------------------

    def find(self, officer: Officer, **address: Any) -> Any:
        raise NotImplementedError

    def check(self, subject: Any, officer: Officer) -> None:
        """Raises Refused when the act may not be done now."""

    def form(self, subject: Any, officer: Officer, data: Any = None) -> ActForm:
        return self.form_class(
            data, initial={"version": self.version_of(subject), **self.initial(subject, officer)}
        )

    def version_of(self, subject: Any) -> int:
        """The version that the form carries: of the record that the verb changes."""
        return int(subject.version)

    def initial(self, subject: Any, officer: Officer) -> dict[str, Any]:
        return {}

    def perform(self, subject: Any, officer: Officer, answer: dict[str, Any]) -> Any:
        raise NotImplementedError

    def stands(self, subject: Any, officer: Officer) -> dict[str, Any]:
        """What stands now, by the form's fields."""
        return {}

    def moved(self, subject: Any, form: ActForm) -> list[dict[str, Any]]:
        """Rows of the conflict that the form doesn't ask about: the stage."""
        return []

    def context(self, subject: Any, officer: Officer, form: ActForm, *, preview: bool) -> dict[str, Any]:
        return {}

    def back(self, subject: Any) -> str:
        raise NotImplementedError

    def forward(self, subject: Any, result: Any) -> str:
        return self.back(subject)


class CaseAct(Act):
    """An act on a case; `name` is a step of its road unless the subclass checks by itself."""

    def find(self, officer: Officer, **address: Any) -> Application:
        return find_case(officer, address["ref"])

    def check(self, subject: Application, officer: Officer) -> None:
        ready(subject, self.name, officer)

    def back(self, subject: Application) -> str:
        return reverse("desk:case", args=[case_ref(subject)])

    def forward(self, subject: Application, result: Any) -> str:
        fresh = result if isinstance(result, Application) else subject
        return reverse("desk:case", args=[case_ref(fresh)])

    def context(
        self, subject: Application, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        rows = [
            Row(_("Case number"), subject.number or _("not given yet")),
            Row(_("Stage"), subject.get_state_display()),
            Row(_("Community"), subject.community.name),
        ]
        return {"case": subject, "identity": rows}

    def stands(self, subject: Application, officer: Officer) -> dict[str, Any]:
        return self.stands_on(read_case(subject, by=officer, purpose="compare-conflict"))

    def stands_on(self, file: CaseFile) -> dict[str, Any]:
        """What stands on the case now, by the form's fields."""
        return {}

    def moved(self, subject: Application, form: ActForm) -> list[dict[str, Any]]:
        seen = subject.history.filter(version=form.cleaned_data["version"]).first()
        return _stage(subject, seen)


class ListAct(Act):
    """An act on a public list."""

    section = "lists"

    def find(self, officer: Officer, **address: Any) -> Any:
        return find_list(officer, address["code"])

    def back(self, subject: Any) -> str:
        return reverse("desk:list", args=[subject.code])

    def moved(self, subject: Any, form: ActForm) -> list[dict[str, Any]]:
        seen = subject.history.filter(version=form.cleaned_data["version"]).first()
        return _stage(subject, seen)

    def context(self, subject: Any, officer: Officer, form: ActForm, *, preview: bool) -> dict[str, Any]:
        rows = [
            Row(_("List"), str(subject)),
            Row(_("Stage"), subject.get_state_display()),
            Row(_("Households"), subject.entry_count),
        ]
        return {"public_list": subject, "identity": rows}


def _stage(subject: Any, seen: Any) -> list[dict[str, Any]]:
    """The stage now beside the stage that the officer saw, when they differ."""
    if seen is None or seen.state == subject.state:
        return []
    yours = _("you saw: %(state)s") % {"state": seen.get_state_display()}
    return [{"field": _("Stage"), "theirs": subject.get_state_display(), "yours": yours}]


def refuse_form(act: str, form: Form, *, by: Officer, subject: Root | None = None) -> None:
    """Keep that a form was refused before it reached its verb: by codes, never what was typed."""
    write_refusal(act, _form_refusal(form), by=by, subject=subject)


def _form_refusal(form: Form) -> Invalid:
    found = form.errors.as_data()
    return Invalid(
        {
            name: [Reason(f"form-{error.code or 'invalid'}", "") for error in errors]
            for name, errors in found.items()
        }
    )
