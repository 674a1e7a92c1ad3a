"""The translatable sentences, without system gettext: collect them, compile them, say what is missing.

    python scripts/messages.py collect    # source -> portal/locale/*/LC_MESSAGES/django.po
    python scripts/messages.py compile    # .po -> .mo
    python scripts/messages.py check      # exit 1 and say why when a catalogue is not complete

Babel reads the Python sources; templates go through Django's own `templatize`, so every tag that
Django knows ({% translate %}, {% blocktranslate %}, _("…") in filters) counts here too.

portal/cms/locale is written by hand, nothing is collected into it: sentences of Wagtail's screens that its
own Chinese lacks or says wrongly (tests/portal/cms/test_words.py tells which).
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "portal" / "locale"
WAGTAILS = ROOT / "portal" / "cms" / "locale"
LANGUAGES = ("zh_Hans", "en")
SOURCES = ("portal", "relief", "search", "templates")

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_STRING = r"""(u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(
    rf"\b(?P<name>_|n?p?gettext)\(\s*{_STRING}(?:\s*,\s*{_STRING})?(?:\s*,\s*{_STRING})?", re.DOTALL
)


class Sentence(NamedTuple):
    """One marked sentence: its context, singular, plural and where it stands."""

    context: str | None
    singular: str
    plural: str | None
    place: tuple[str, int]


def source_files() -> Iterator[Path]:
    """Every Python file and template that may hold a sentence for people."""
    for floor in SOURCES:
        for path in sorted((ROOT / floor).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                if path.suffix == ".py" or "templates" in path.parts:
                    yield path


def python_sentences(path: Path) -> Iterator[Sentence]:
    """The sentences that a Python file marks."""
    name = str(path.relative_to(ROOT))
    for line, message, _comments, context in extract_from_file("python", path, keywords=KEYWORDS):
        singular, plural = message if isinstance(message, tuple) else (message, None)
        yield Sentence(context, singular, plural, (name, line))


def template_sentences(path: Path) -> Iterator[Sentence]:
    """The sentences that a template marks."""
    name = str(path.relative_to(ROOT))
    code = templatize(path.read_text(encoding="utf-8"), origin=name)
    for call in _CALL.finditer(code):
        words = [ast.literal_eval(word) for word in call.groups()[1:] if word]
        line = code.count("\n", 0, call.start()) + 1
        context = words.pop(0) if "p" in call["name"] else None
        plural = words[1] if "n" in call["name"] and len(words) > 1 else None
        yield Sentence(context, words[0], plural, (name, line))


def sentences() -> Iterator[Sentence]:
    """All sentences of the house, in the order of the files."""
    for path in source_files():
        yield from python_sentences(path) if path.suffix == ".py" else template_sentences(path)


def catalogue_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> Catalog:
    """The catalogue as it lies in the repository; an empty one when there is none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, project="sunshine-relief", version="1", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def collect() -> None:
    """Brings new sentences into the catalogues and drops those that the code no longer says."""
    template = Catalog(project="sunshine-relief", version="1", charset="utf-8")
    for found in sentences():
        identity = (found.singular, found.plural) if found.plural else found.singular
        template.add(identity, locations=[(found.place[0], None)], context=found.context)
    for language in LANGUAGES:
        catalogue = read_catalogue(language)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        if language == "en":
            _fill_english(catalogue)
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, sort_by_file=False, sort_output=True, include_lineno=False)
        lines = problems(language)
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} sentences, {len(lines)} to translate")


def _fill_english(catalogue: Catalog) -> None:
    """The sources are English: a sentence without words of its own says what the source says."""
    for message in catalogue:
        if message.id and not any(_translations(message.string)):
            message.string = message.id


def compile_catalogues() -> None:
    """Writes each .mo beside its .po when the .po is newer: another process may be reading the old one."""
    for source in sorted((*LOCALE.rglob("*.po"), *WAGTAILS.rglob("*.po"))):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        fresh = target.with_suffix(f".mo.{os.getpid()}")
        with source.open("rb") as catalogue, fresh.open("wb") as file:
            write_mo(file, read_po(catalogue, locale=source.parent.parent.name))
        fresh.replace(target)


def _translations(string: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if string is None:
        return ()
    return (string,) if isinstance(string, str) else tuple(string)


def problems(language: str) -> list[str]:
    """What keeps a catalogue from being complete: one line per sentence missing, empty, fuzzy or broken."""
    catalogue = read_catalogue(language)
    lines = []
    for found in sentences():
        message = catalogue.get(found.singular, found.context)
        where = f"{found.place[0]}:{found.place[1]} {found.singular!r}"
        if message is None:
            lines.append(f"missing: {where}")
        elif found.plural and not message.pluralizable:
            lines.append(f"no plural form: {where}")
        elif not all(_translations(message.string)):
            lines.append(f"empty: {where}")
        elif message.fuzzy:
            lines.append(f"fuzzy: {where}")
        else:
            lines.extend(f"{error}: {where}" for error in _placeholder_errors(message.id, message.string))
    return list(dict.fromkeys(lines))


_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def _placeholder_errors(source: str | tuple[str, ...], string: str | tuple[str, ...]) -> Iterator[str]:
    """A translation may drop no placeholder that every source form has, and invent none."""
    wanted = [{m.group(0) for m in _PLACEHOLDER.finditer(form)} for form in _translations(source)]
    for form in _translations(string):
        got = {m.group(0) for m in _PLACEHOLDER.finditer(form)}
        if got - set.union(*wanted) or set.intersection(*wanted) - got:
            yield "placeholders differ"


def check() -> int:
    lines = [f"{language}: {line}" for language in LANGUAGES for line in problems(language)]
    print("\n".join(lines) or "All catalogues are complete.")
    return 1 if lines else 0


def main(acts: list[str]) -> int:
    known = {"collect": collect, "compile": compile_catalogues, "check": check}
    if not acts or set(acts) - set(known):
        print(__doc__)
        return 2
    return max(known[act]() or 0 for act in acts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
