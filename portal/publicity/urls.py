"""Addresses of the public lists: an ordinary view for each, before the CMS's catch-all."""

from django.urls import path, re_path
from django.urls.resolvers import URLPattern

from portal.publicity.addresses import NUMBER, SECTIONS
from portal.publicity.changes import correction_page
from portal.publicity.downloads import data_format, list_csv, list_json, list_xlsx
from portal.publicity.feeds import atom, calendar
from portal.publicity.list_page import history_page, list_page
from portal.publicity.papers import loudspeaker, poster, slip
from portal.publicity.responding.urls import responding
from portal.publicity.screen import list_screen, list_screen_data, playlist, playlist_data
from portal.publicity.screen_beat import beat
from portal.publicity.verify import verify_form, verify_list
from portal.publicity.verify_file import verify_file
from relief.publicity.correctable import CORRECTED_BY

app_name = "publicity"


def _lists(kind: str, section: str) -> list[URLPattern]:
    """A number of the other kind has no address here."""
    at = rf"^{section}/(?P<number>{kind}{NUMBER})/"
    return [
        re_path(rf"{at}$", list_page, {"kind": kind}, name=f"{kind}-list"),
        re_path(rf"{at}history/$", history_page, {"kind": kind}, name=f"{kind}-history"),
        re_path(rf"{at}data\.csv$", list_csv, {"kind": kind}, name=f"{kind}-csv"),
        re_path(rf"{at}data\.xlsx$", list_xlsx, {"kind": kind}, name=f"{kind}-xlsx"),
        re_path(rf"{at}data\.json$", list_json, {"kind": kind}, name=f"{kind}-json"),
        re_path(rf"{at}screen/$", list_screen, {"kind": kind}, name=f"{kind}-screen"),
        re_path(rf"{at}screen\.json$", list_screen_data, {"kind": kind}, name=f"{kind}-screen-data"),
        re_path(rf"{at}poster\.pdf$", poster, {"kind": kind}, name=f"{kind}-poster"),
        re_path(rf"{at}loudspeaker\.txt$", loudspeaker, {"kind": kind}, name=f"{kind}-loudspeaker"),
    ]


def _corrections(kind: str) -> URLPattern:
    """Of the kinds that are corrected row by row."""
    at = rf"^{SECTIONS[kind]}/(?P<number>{kind}{NUMBER})/corrections/(?P<edition>[1-9]\d{{0,3}})/$"
    return re_path(at, correction_page, {"kind": kind}, name=f"{kind}-correction")


urlpatterns = [
    path("publicity/data-format/", data_format, name="data-format"),
    *(pattern for kind, section in SECTIONS.items() for pattern in _lists(kind, section)),
    path("screen/", playlist, name="screen"),
    path("screen.json", playlist_data, name="screen-data"),
    path("screen/beat/", beat, name="screen-beat"),
    re_path(  # only a list before approval is answered by slip; what is decided has its own ways of appeal
        rf"^publicity/(?P<number>gs{NUMBER})/slip\.pdf$", slip, {"kind": "gs"}, name="gs-slip"
    ),
    *responding,
    *(_corrections(kind) for kind in CORRECTED_BY),
    path("feeds/lists.atom", atom, name="all-atom"),
    path("feeds/lists.ics", calendar, name="all-ics"),
    re_path(r"^feeds/lists-(?P<street>\d{3})\.atom$", atom, name="street-atom"),
    re_path(r"^feeds/lists-(?P<street>\d{3})\.ics$", calendar, name="street-ics"),
    path("verify/", verify_form, name="verify"),
    path("verify/file/", verify_file, name="verify-file"),
    path("verify/<str:number>/<str:typed>", verify_list, name="verify-list"),
]
