"""Page types of the stock site, as a news site of a bureau would write them first, and one setting."""

from django.core.paginator import Paginator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

PER_PAGE = 20


class IndexPage(Page):
    """Section: lists its articles, newest first."""

    template = "stock/index_page.html"

    def get_context(self, request, *args, **kwargs):
        articles = ArticlePage.objects.child_of(self).live().order_by("-date", "-pk")
        children = Paginator(articles, PER_PAGE).get_page(request.GET.get("page"))
        return {**super().get_context(request, *args, **kwargs), "children": children}


class ArticlePage(Page):
    """News: title, date, summary, text."""

    date = models.DateField()
    summary = models.CharField(max_length=250)
    body = RichTextField()

    content_panels = [*Page.content_panels, FieldPanel("date"), FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    template = "stock/article_page.html"


@register_setting
class Contact(BaseSiteSetting):
    """A setting of the site: its hotline."""

    hotline = models.CharField(max_length=40, blank=True)
