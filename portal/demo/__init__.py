"""The demo's room: an invented district with its people and one year of its work (演示数据).

Nothing here is real. Everything is made through the verbs, with the clock moved, and nothing imports this
room but the commands `load_demo` and `demo_accounts`.

`calendar` when offices are open, `district` places and officers, `people` and `situations` who applies,
`wording` what officials write, `standing` the imported households, `story` which case goes how far,
`stage` what scripts share, `case_acts` and `list_acts` what is done with one case and one list, `play` merges
them by time, `load` is the whole.
"""
