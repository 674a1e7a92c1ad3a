"""Addresses of the desk. A case is named by number or code, a list or household by code; never by a key."""

from django.urls import path

from portal.desk import (
    acceptance,
    announcement,
    application,
    case,
    decision,
    help,
    intake,
    list_acts,
    lists,
    opinion,
    queue,
    sign_in,
    start,
    survey,
)

app_name = "desk"

urlpatterns = [
    path("", start.start, name="start"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("language/", sign_in.language, name="language"),
    path("help/", help.help_page, name="help"),
    path("queue/", queue.queue, name="queue"),
    path("intake/", intake.intake, name="intake"),
    path("intake/household/", intake.enter_household, name="enter-household"),
    path("households/<uuid:code>/", intake.household, name="household"),
    path("cases/<str:ref>/", case.case, name="case"),
    path("cases/<str:ref>/numbers/", case.numbers, name="numbers"),
    path("cases/<str:ref>/application/", application.application, name="application"),
    path("cases/<str:ref>/income/", survey.Income.at_desk(), name="income"),
    path("cases/<str:ref>/submit/", application.Submit.at_desk(), name="submit"),
    path("cases/<str:ref>/receipt/", application.receipt, name="receipt"),
    path("cases/<str:ref>/accept/", acceptance.Accept.at_desk(), name="accept"),
    path("cases/<str:ref>/ask-once/", acceptance.AskOnce.at_desk(), name="ask-once"),
    path("cases/<str:ref>/visit/", survey.Visit.at_desk(), name="visit"),
    path("cases/<str:ref>/cross-check/", survey.CrossCheckAct.at_desk(), name="cross-check"),
    path("cases/<str:ref>/examine/", opinion.Examine.at_desk(), name="examine"),
    path("cases/<str:ref>/review/", opinion.Review.at_desk(), name="review"),
    path("cases/<str:ref>/approve/", decision.Approve.at_desk(), name="approve"),
    path("cases/<str:ref>/refuse/", decision.Refuse.at_desk(), name="refuse"),
    path("cases/<str:ref>/return/", decision.Return.at_desk(), name="return"),
    path("lists/", lists.lists, name="lists"),
    path("lists/new/", lists.compile_new, name="compile"),
    path("lists/<uuid:code>/", lists.public_list, name="list"),
    path("lists/<uuid:code>/publish/", list_acts.Publish.at_desk(), name="publish"),
    path("lists/<uuid:code>/post/<uuid:board>/", list_acts.Post.at_desk(), name="post"),
    path("lists/<uuid:code>/close/", list_acts.Close.at_desk(), name="close"),
    path("announce/", announcement.announce_new, name="announce"),
]
