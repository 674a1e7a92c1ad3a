"""Wagtail's screens speak the house's Chinese: no sentence is missing, none is ours by mistake."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry, Workflow

from portal.pages.models import NoticePage
from portal.publishing.steps import RELEASE
from portal.publishing.task import StepTask, ensure_workflows
from relief.officers.language import choose_language
from relief.officers.models import Officer
from scripts import messages
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

DOMAINS = ("django", "djangojs")
#: English that our own screens and Wagtail's both say, with one Chinese; another meaning gets a context
SHARED_PHRASES = {"All types", "First published", "Sign in", "Skip to main content"}
SHARED = """
    Notifications Owner Roles Section live
    All Back Breadcrumb Cancel Change Choose Continue Draft Field Filter Help History Home Language New Next
    No None Password Preview Previous Public Publish Show Table Title Type Yes account active
    comments document documents draft file group groups image images name page pages status title
"""
#: names and formats that stay as they are
SAME_IN_BOTH = re.compile(r"%\(\w+\)[sd]|Wagtail|JSON")


def catalogue(folder: Path, language: str, domain: str) -> Catalog:
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def forms(words):
    return (words,) if isinstance(words, str) else tuple(words or ())


def key(message):
    """What gettext looks a sentence up by."""
    return message.context, forms(message.id)[0]


def sentences(catalogue: Catalog):
    return {key(message): message for message in catalogue if message.id}


def translated(messages_by_key, wanted) -> bool:
    found = messages_by_key.get(wanted)
    return bool(found and not found.fuzzy and forms(found.string) and all(forms(found.string)))


@cache
def of_wagtail(domain: str):
    """For every app that is not Django's or ours: its English and its own Chinese sentences."""
    apps_of_others = [
        app
        for app in apps.get_app_configs()
        if not app.name.startswith(("django.", "portal", "relief", "search"))
    ]
    found = {}
    for app in apps_of_others:
        folder = Path(app.path) / "locale"
        english = sentences(catalogue(folder, "en", domain))
        if english:
            found[app.name] = english, sentences(catalogue(folder, "zh_Hans", domain))
    return found


@cache
def ours(domain: str):
    return sentences(catalogue(messages.WAGTAILS, "zh_Hans", domain))


@cache
def of_the_house():
    return sentences(catalogue(messages.LOCALE, "zh_Hans", "django"))


def test_the_catalogues_of_wagtail_are_found():
    assert {"wagtail", "wagtail.admin", "wagtail.images", "wagtail_modeladmin"} <= of_wagtail("django").keys()
    assert of_wagtail("djangojs").keys() == {"wagtail.admin"}


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_sentence_of_wagtail_has_chinese(domain):
    house = of_the_house() if domain == "django" else {}
    lacking = [
        f"{app}: {wanted}"
        for app, (english, chinese) in of_wagtail(domain).items()
        for wanted in english
        if not any(translated(words, wanted) for words in (house, ours(domain), chinese))
    ]
    assert lacking == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_sentence_of_ours_is_one_of_wagtails_with_its_plural(domain):
    known = {
        (wanted, forms(message.id))
        for english, _chinese in of_wagtail(domain).values()
        for wanted, message in english.items()
    }
    unknown = [wanted for wanted, message in ours(domain).items() if (wanted, forms(message.id)) not in known]
    assert unknown == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_ours_says_what_wagtail_does_not(domain):
    """What Wagtail says as well in the same words is not kept twice."""
    repeated = []
    for wanted, message in ours(domain).items():
        theirs = [
            chinese.get(wanted) for english, chinese in of_wagtail(domain).values() if wanted in english
        ]
        if all(one and not one.fuzzy and forms(one.string) == forms(message.string) for one in theirs):
            repeated.append(wanted)
    assert repeated == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_and_tags_stay(domain):
    broken = []
    for wanted, message in ours(domain).items():
        tags = [set(re.findall(r"</?\w+", form)) for form in forms(message.id)]
        kept = set(re.findall(r"</?\w+", forms(message.string)[0]))
        if list(messages._placeholder_errors(message.id, message.string)) or kept != set.union(*tags):
            broken.append(wanted)
    assert broken == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_chinese_of_ours_is_chinese(domain):
    copied = [
        wanted
        for wanted, message in ours(domain).items()
        if forms(message.id)[0] == forms(message.string)[0]
        and re.search("[A-Za-z]{3}", SAME_IN_BOTH.sub("", forms(message.id)[0]))
    ]
    assert copied == []


def test_one_english_with_two_meanings_has_a_context():
    """Our own sentences stand above Wagtail's: `History` of a case must not name the versions of a page."""
    english = {wanted for domain in of_wagtail("django").values() for wanted in domain[0]}
    both = {wanted for wanted in of_the_house() if wanted in english}
    assert {words for context, words in both if context is None} <= {*SHARED.split(), *SHARED_PHRASES}
    assert [wanted for wanted in both if wanted[0] is not None] == []
    assert of_the_house().keys() & ours("django").keys() == set()


# --- what reaches the screen ---------------------------------------------------------------------


@pytest.fixture
def room(db) -> Newsroom:
    ensure_workflows()
    return make_newsroom()


def in_english(officer: Officer) -> Client:
    """The officer's own choice, as on the desk."""
    return signed_in(choose_language(officer, by=officer, language="en", version=officer.version))


def text_of(client: Client, name: str, *args) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_scripts_speak_the_language_of_the_officer_not_of_the_browser(room):
    address = "wagtailadmin_javascript_catalog"
    chinese = signed_in(room.writer).get(reverse(address), headers={"accept-language": "en"}).content.decode()
    assert '"Insert a block": "\\u63d2\\u5165\\u5185\\u5bb9\\u5757"' in chinese  # ours
    assert '"Reply": "\\u56de\\u590d"' in chinese  # Wagtail's own
    english = in_english(room.reviewer).get(reverse(address), headers={"accept-language": "zh-cn"})
    assert "Insert a block" not in english.content.decode()


def test_handing_in_is_called_the_same_for_every_kind_of_text(room):
    notice = room.draft()
    for page in (notice, room.section):
        client = signed_in(room.writer)
        edit = text_of(client, "wagtailadmin_pages:edit", page.pk)
        assert "提交审核" in edit, page
        assert not re.search(r"(plain|legal)\s*<", edit)
    english = text_of(in_english(room.writer), "wagtailadmin_pages:edit", notice.pk)
    assert "Hand in for review" in english and "Submit to" not in english


def test_a_text_in_review_names_its_steps_in_the_language_of_the_reader(room):
    page = room.draft()
    NoticePage.objects.get(pk=page.pk).get_workflow().start(page, room.writer.account)
    room.handed_in(page)
    for enter, names in (
        (signed_in, ("两级审核", "内容审核")),
        (in_english, ("two-step review", "review of content")),
    ):
        client = enter(room.writer)
        history = text_of(client, "wagtailadmin_pages:history", page.pk)
        assert [name for name in names if name not in history] == []
        home = text_of(enter(room.reviewer), "wagtailadmin_home")
        assert names[1] in home
        assert "“review”" not in history and "&#x27;review&#x27;" not in history


def test_a_row_keeps_its_code_when_it_is_saved(room):
    task = StepTask.objects.get(step=RELEASE.code)
    assert f"{task.name}" == str(task.name) == str(RELEASE.label) != RELEASE.code
    task.save()
    assert StepTask.objects.filter(name=RELEASE.code).count() == 1
    workflow = Workflow.objects.get(name="plain")
    workflow.save()
    assert Workflow.objects.filter(name="plain").exists()


def test_journals_keep_the_code(room):
    page = room.draft()
    NoticePage.objects.get(pk=page.pk).get_workflow().start(page, room.writer.account)
    entry = PageLogEntry.objects.get(action="wagtail.workflow.start")
    assert entry.data["workflow"]["title"] == "legal"
    assert "两级审核" in str(entry.formatter.format_message(entry))
