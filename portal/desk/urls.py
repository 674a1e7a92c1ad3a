"""Addresses of the desk. A case is named by its number or code, a list and a household by code; never by a key."""

from django.urls import path

from portal.desk import (
    acceptance,
    application,
    case,
    decision,
    intake,
    list_acts,
    lists,
    opinion,
    queue,
    sign_in,
    start,
    survey,
)
from portal.desk.frame import at_desk

app_name = "desk"

urlpatterns = [
    path("", start.start, name="start"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("language/", sign_in.language, name="language"),
    path("queue/", queue.queue, name="queue"),
    path("intake/", intake.intake, name="intake"),
    path("intake/household/", intake.enter_household, name="enter-household"),
    path("households/<uuid:code>/", intake.household, name="household"),
    path("cases/<str:ref>/", case.case, name="case"),
    path("cases/<str:ref>/numbers/", case.numbers, name="numbers"),
    path("cases/<str:ref>/application/", application.application, name="application"),
    path("cases/<str:ref>/income/", at_desk(survey.Income.as_view()), name="income"),
    path("cases/<str:ref>/submit/", at_desk(application.Submit.as_view()), name="submit"),
    path("cases/<str:ref>/receipt/", application.receipt, name="receipt"),
    path("cases/<str:ref>/accept/", at_desk(acceptance.Accept.as_view()), name="accept"),
    path("cases/<str:ref>/ask-once/", at_desk(acceptance.AskOnce.as_view()), name="ask-once"),
    path("cases/<str:ref>/visit/", at_desk(survey.Visit.as_view()), name="visit"),
    path("cases/<str:ref>/cross-check/", at_desk(survey.CrossCheckAct.as_view()), name="cross-check"),
    path("cases/<str:ref>/examine/", at_desk(opinion.Examine.as_view()), name="examine"),
    path("cases/<str:ref>/review/", at_desk(opinion.Review.as_view()), name="review"),
    path("cases/<str:ref>/approve/", at_desk(decision.Approve.as_view()), name="approve"),
    path("cases/<str:ref>/refuse/", at_desk(decision.Refuse.as_view()), name="refuse"),
    path("cases/<str:ref>/return/", at_desk(decision.Return.as_view()), name="return"),
    path("lists/", lists.lists, name="lists"),
    path("lists/new/", lists.compile_new, name="compile"),
    path("lists/<uuid:code>/", lists.public_list, name="list"),
    path("lists/<uuid:code>/publish/", at_desk(list_acts.Publish.as_view()), name="publish"),
    path("lists/<uuid:code>/post/<uuid:board>/", at_desk(list_acts.Post.as_view()), name="post"),
    path("lists/<uuid:code>/close/", at_desk(list_acts.Close.as_view()), name="close"),
    path("announce/", list_acts.announce_new, name="announce"),
]
