"""Where the crawl of the public site begins, and which addresses it may leave out."""

from __future__ import annotations

from collections.abc import Iterator

from relief.publicity.correction_models import Correction
from relief.publicity.models import ListKind, PublicList
from tests.matrix.addresses import addresses

SECTIONS = {"gs": "publicity", "gg": "announcements", "bg": "announcements", "cs": "announcements"}
#: addresses with something to hide, odd questions, and what no link leads to
STARTS = (
    "/",
    "/en/",
    "/nothing-here/",
    "/en/nothing-here/",
    "/publicity/gs-101-1999-001/",
    "/publicity/gs-101-1999-001/data.json",
    "/verify/gs-101-1999-001/2222-2222",
    "/verify/%00/%00",
    "/announcements/?street=%27&page=-1",
    "/preview/nothing/",
    "/desk/",
    "/desk/queue/",
    "/cms/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/sitemap.xml",
    "/display/?mode=large",
    *(
        f"{language}{path}"
        for language in ("", "/en")
        for path in (
            "/screen/",
            "/screen/?street=101&kinds=gs,gg,bg,cs",
            "/screen/?street=101&community=10101&dwell=5&theme=dark",
            "/screen/?street=999",
            "/screen.json?street=101&kinds=gs,gg,bg,cs",
            "/screen.json?community=10101",
            "/responses/escalate/",
            "/feeds/lists-999.atom",
            "/disclosure/catalogue/",
            "/disclosure/check/",
            "/disclosure/index/",
            "/search/?q=%E4%BD%8E%E4%BF%9D",
            "/search/feed.atom?q=%E4%BD%8E%E4%BF%9D",
            "/search/suggest.json?q=%E4%BD%8E%E4%BF%9D",
        )
    ),
)
#: of every list, whatever its kind and state; those that aren't there answer in words
FORMS = ("", "history/", "data.csv", "data.xlsx", "data.json", "screen/", "screen.json", "loudspeaker.txt")
#: of a list before approval besides: what its page links to is found there
RESPONDING = ("respond/row/", "respond/words/", "respond/check/", "respond/sent/")
#: why the crawl never gets an answer of its own from these
LEFT_OUT = {
    "publicity:screen-beat": "takes the sign of life of a screen; answers POST alone, without a word",
    "finder:opened": "takes that a result was opened; answers POST alone, without a word",
    "publicity:respond-check": "shows a draft to the one who writes it; without one it leads to the start",
    "publicity:respond-sent": "shows a receipt to the one who wrote; without one it leads to the start",
    "pages:feed": "the demo's editors made no listing, and sections have feeds under their own names",
    "pages:shared-draft": "shows a draft to who holds a link to it; has tests of its own",
    "pages:shared-file": "hands out a file of such a draft; see above",
    "document": "the demo's editors publish no file; pages and files of editors have tests of their own",
    "newest-document": "leads to a file of editors; see above",
    "picture": "the demo's editors publish no picture",
}


def every_list_address() -> Iterator[str]:
    """Every form of every list that has a number, each edition, each answer to a check, in both languages."""
    digests = {}
    for one in Correction.objects.exclude(digest_before="").order_by("pk"):
        digests.setdefault(one.public_list_id, set()).add(one.digest_before)
    for one in PublicList.objects.exclude(number=None).order_by("pk"):
        for prefix in ("", "/en"):
            at = f"{prefix}/{SECTIONS[one.kind]}/{one.number}/"
            yield from (f"{at}{form}" for form in FORMS)
            if one.kind in ("gs", "gg"):
                yield from (f"{at}corrections/{edition}/" for edition in range(1, (one.edition or 1) + 1))
            for typed in (one.digest, one.check_code, "2222-2222", *digests.get(one.pk, ())):
                yield f"{prefix}/verify/{one.number}/{typed}"
            yield f"{at}poster.pdf"
        if one.kind == ListKind.PRE_APPROVAL:
            at = f"/publicity/{one.number}/"
            yield from (f"{at}{step}" for step in ("respond/", "slip.pdf", *RESPONDING))


def names_to_reach() -> set[str]:
    """The names of all public addresses but those left out; a kind of list not in the demo has none."""
    kinds = set(PublicList.objects.exclude(number=None).values_list("kind", flat=True))
    absent = tuple(f"publicity:{kind}-" for kind in set(ListKind.values) - kinds)
    public = {one.name for one in addresses() if not one.route.startswith(("desk/", "cms/", "^cms/"))}
    return {name for name in public if not name.startswith(absent)} - set(LEFT_OUT)
