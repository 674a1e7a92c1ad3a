"""The demo's room: an invented district with its people and one year of its work (演示数据).

Nothing here is real. Everything is made through the verbs, with the clock moved, and nothing imports this
room but the commands `load_demo` and `demo_accounts`.

`calendar` when offices are open; `ground` places and officers, `small_ground` and `full_ground` at two
scales, `district` sets them up; `people` and `situations` who applies; `wording`, `wording_aside` and
`wording_responses` what officials and residents write; `standing` the imported households; `story` what a
story says, `small_story` and `full_story` which case goes how far; `stage` what scripts share; `case`,
`case_acts`, `turns` what is done with one case, `list_acts` with one list and `at_boards` with its sheets,
`photos` draws what is seen there; `responses` what is said to a list, `corrections` what is mended on it;
`award_acts` what becomes of standing guarantees; `play` merges them by time; `load` is the whole.
"""
