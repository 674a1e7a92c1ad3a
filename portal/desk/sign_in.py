"""Sign in and out (登录), and the language of one's own desk."""

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal.desk.frame import at_desk, no_store, page
from portal.forms import Form
from relief.errors import Invalid, NotAllowed, Reason
from relief.officers.authority import officer_of
from relief.officers.language import choose_language
from relief.officers.models import Officer
from relief.trail.verb import write_refusal

WRONG = Reason("wrong-credentials", _("User name or password is wrong. Check both and the Caps Lock key."))
NO_OFFICER = Reason("no-officer", WRONG.text)


class SignInForm(Form):
    """User name and password; what is wrong is never said more precisely than "one of both"."""

    username = forms.CharField(
        label=_("User name"), widget=forms.TextInput(attrs={"autocomplete": "username", "class": "cap-w-20"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "cap-w-20"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2000)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for user name and password; afterwards go on to `next` or the start page."""
    language = request.GET.get("language")
    if language not in dict(settings.LANGUAGES):
        language = translation.get_language()
    with translation.override(language):
        if request.method != "POST":
            if officer_of(request.user):
                return no_store(HttpResponseRedirect(_safe(request, request.GET.get("next"))))
            form = SignInForm(initial={"next": request.GET.get("next", "")[:2000]})
            return no_store(_form_page(request, form))
        form = SignInForm(request.POST)
        if not form.is_valid():
            return no_store(_form_page(request, form, status=422))
        return no_store(_try(request, form))


def _try(request: HttpRequest, form: SignInForm) -> HttpResponse:
    account = authenticate(
        request, username=form.cleaned_data["username"], password=form.cleaned_data["password"]
    )
    officer = officer_of(account)
    if account is None or officer is None:
        reason = NO_OFFICER if account else WRONG
        known = Officer.objects.filter(account__username=form.cleaned_data["username"]).first()
        write_refusal("sign-in", NotAllowed(reason), by=None, subject=known)
        form.add_error(None, str(WRONG))
        return _form_page(request, form, status=403)
    login(request, account)
    return HttpResponseRedirect(_safe(request, form.cleaned_data["next"]))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return no_store(HttpResponseRedirect(reverse("desk:sign-in")))


class LanguageForm(Form):
    """The switch in the desk's header."""

    language = forms.CharField(max_length=10)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    next = forms.CharField(required=False, max_length=2000)


@require_POST
@at_desk
def language(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Keep the officer's language and go back to the page."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        raise Invalid({"language": [Reason("choice", _("Choose one of the languages offered."))]})
    answer = form.cleaned_data
    choose_language(officer, by=officer, language=answer["language"], version=answer["version"])
    return HttpResponseRedirect(_safe(request, answer["next"]))


def _form_page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    return page(request, None, "desk/sign_in.html", {"form": form}, status=status)


def _safe(request: HttpRequest, target: str | None) -> str:
    """`target` if it stays on this site, else the start page."""
    safe = bool(target) and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return str(target) if safe else reverse("desk:start")
