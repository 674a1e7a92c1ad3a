"""Addresses on which the public responds: below a list before approval, and `/responses/`."""

from django.urls import path, re_path

from portal.publicity.addresses import NUMBER
from portal.publicity.responding.forms import FORMS
from portal.publicity.responding.look_up import escalate_page, responses_page
from portal.publicity.responding.send import check_page, sent_page
from portal.publicity.responding.views import resume_page, start_page, step_page

AT = rf"^publicity/(?P<number>gs{NUMBER})/respond/"

responding = [
    re_path(rf"{AT}$", start_page, name="respond"),
    re_path(rf"{AT}check/$", check_page, name="respond-check"),
    re_path(rf"{AT}sent/$", sent_page, name="respond-sent"),
    re_path(rf"{AT}resume/$", resume_page, name="respond-resume"),
    re_path(rf"{AT}(?P<step>{'|'.join(FORMS)})/$", step_page, name="respond-step"),
    path("responses/", responses_page, name="responses"),
    path("responses/escalate/", escalate_page, name="responses-escalate"),
]
