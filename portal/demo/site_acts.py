"""What the publisher changes in the settings of the site within the demo's year."""

from __future__ import annotations

from portal.demo.ground import DISTRICT
from portal.demo.play import Script
from portal.demo.stage import Stage
from portal.particulars.verbs import change, enter
from relief.officers.models import Role
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


def site_script(stage: Stage) -> Script:
    """Each change on its day, by who releases texts on the whole site."""
    for ago, values, why in CHANGES:
        yield clock.at(stage.calendar.ago(ago), 10, 15)
        kept = enter(by=SETUP)
        by = stage.district.one_in(Role.PUBLISHER, DISTRICT)
        change(kept, by=by, version=kept.version, values=values, why=why)
