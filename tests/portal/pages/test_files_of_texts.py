"""Files that blocks of a public text name: those with which it was published, at a fixed cost."""

import pytest
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.test import Client

from portal.attachments.models import PortalDocument
from tests.portal.attachments.uploads import pdf
from tests.portal.pages.texts import notice, policy

MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def document(title: str, pages: int = 1) -> PortalDocument:
    return PortalDocument.objects.create(title=title, file=ContentFile(pdf(pages), name=f"{title}.pdf"))


def offering(*documents: PortalDocument) -> list[tuple[str, dict]]:
    items = [{"title": "", "page": None, "document": one} for one in documents]
    return [("attachments", {"items": items})]


def read(page, prefix: str = "") -> str:
    answer = Client().get(f"{prefix}{page.get_url()}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_text_goes_on_naming_the_version_of_its_publication(home):
    form = document("申请表")
    first = form.versions.get()
    rules = policy(home, "rules", body=offering(form))
    size = filesizeformat(first.size)
    form.file = ContentFile(pdf(40), name="另一份.pdf")
    form.save()
    notice(home, "newer", blocks=offering(form))
    newest = form.versions.order_by("number").last()
    shown = read(rules)
    named = shown.split('<section class="cap-attachments">')[1].split("</section>")[0]
    assert first.url in named and size in named and newest.url not in named
    assert "已于" in shown, "that a newer one is public is said beside"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_many_files_cost_what_one_costs(home, prefix, django_assert_max_num_queries):
    def asked(page) -> int:
        read(page, prefix)
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            read(page, prefix)
        return len(queries)

    one = policy(home, "one", body=offering(document("甲")))
    many = policy(home, "many", body=offering(*(document(title) for title in "乙丙丁戊")))
    assert asked(one) == asked(many)
