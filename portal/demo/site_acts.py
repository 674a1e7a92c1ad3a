"""What the publisher sets in the demo’s year: settings of the site, notification rules, an appointment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.demo.district import section_key
from portal.demo.ground import DISTRICT
from portal.demo.play import Script
from portal.demo.stage import Stage
from portal.demo.text_acts import page_at
from portal.notifying.found import untold
from portal.notifying.models import Happening
from portal.notifying.tell import tell
from portal.notifying.verbs import end_rule, make_rule
from portal.particulars.verbs import change, enter
from portal.publishing.authority import keys_above
from relief.officers.appoint import appoint_to_section
from relief.officers.mail import enter_mail
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.trail import clock

#: working days ago, the values by column, and the reason
CHANGES = (
    (
        70,
        {
            "letters_zh": "明河区示例路 1 号，信封注明“局长信箱”",
            "letters_en": "1 Shili Road, Minghe District, marked “Director’s mailbox”",
        },
        "局长信箱公开通信地址。",
    ),
    (
        30,
        {
            "letters_zh": "明河区示例路 1 号 201 室，信封注明“局长信箱”",
            "letters_en": "Room 201, 1 Shili Road, Minghe District, marked “Director’s mailbox”",
        },
        "收发室搬至 201 室。",
    ),
)


#: holders of these roles enter their office mail address
REACHED = (Role.EDITOR, Role.SECTION_EDITOR, Role.REVIEWER, Role.PUBLISHER)


def site_script(stage: Stage) -> Script:
    """Each change on its day, by who releases texts on the whole site."""
    for ago, values, why in CHANGES:
        yield clock.at(stage.calendar.ago(ago), 10, 15)
        kept = enter(by=SETUP)
        by = stage.district.one_in(Role.PUBLISHER, DISTRICT)
        change(kept, by=by, version=kept.version, values=values, why=why)


def rules_script(stage: Stage) -> Script:
    """Addresses, two rules of which one ends, and what the last days brought into the outbox."""
    calendar, one_in = stage.calendar, stage.district.one_in
    yield clock.at(calendar.ago(66), 9, 5)
    for role in REACHED:
        officer = Officer.objects.get(pk=one_in(role, DISTRICT).pk)
        address = f"{officer.account.username}@minghe.example"
        enter_mail(officer, by=officer, mail=address, version=officer.version)
    yield clock.at(calendar.ago(65), 9, 30)
    by = one_in(Role.PUBLISHER, DISTRICT)
    of_policies = _rule(Happening.PUBLISHED, "policypage", recipient=Role.SECTION_EDITOR)
    make_rule(of_policies, by=by, why="政策发布后由栏目编辑核对解读。")
    notices = _rule(Happening.HANDED_IN, section=section_key("notices"), officer=by)
    short = make_rule(notices, by=by, why="取暖季通知较多，送审即知会签发人。")
    yield clock.at(calendar.ago(15), 16, 10)
    end_rule(short, by=by, version=short.version, why="通知高峰已过。")
    yield clock.at(calendar.ago(1), 17)
    for found in untold():
        tell(found)


def appointment_script(stage: Stage) -> Script:
    """The publisher lets the editor of policies write interpretations too, for half a year."""
    yield clock.at(stage.calendar.ago(25), 14, 40)
    section = page_at("interpretations")
    appoint_to_section(
        stage.district.one_in(Role.SECTION_EDITOR, DISTRICT),
        role=Role.SECTION_EDITOR,
        section=section.translation_key,
        from_date=clock.today(),
        until_date=clock.today() + timedelta(days=182),
        by=stage.district.one_in(Role.PUBLISHER, DISTRICT),
        why="政策和解读由同一人编写，便于同步发布。",
        above=keys_above(section),
    )


def _rule(event: Happening, page_type: str = "", **words: Any) -> dict[str, Any]:
    """The columns of a rule."""
    rule = {"event": event, "page_type": page_type, "section": None, "recipient": "", "officer": None}
    return {**rule, **words}
