"""Reading the tables that offices really send (导入): file → rows → checked households; no database.

`reader` opens the file, `columns` says what it may hold, `cells` what a cell means, `rules` how each fault
is worded, `checks` finds them all, `report` accounts for every row, `template` makes the empty form.
Writing to the register is `relief.awards.standing_import`'s.
"""
