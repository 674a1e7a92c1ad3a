"""Every rule of the imports: its code, what is wrong, what to do about it (校验规则)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relief.errors import Invalid, Reason
from relief.households import id_number

Text = str | Promise
_COMPARE = _("Compare the cell with the household's papers.")
_RETYPE = _("Type the text of this cell again.")

FILE_RULES: dict[str, tuple[Text, Text]] = {
    "file-xls": (
        _("This is an old .xls workbook."),
        _("Open it, choose “Save as”, file type “Excel workbook (*.xlsx)”, and import the new file."),
    ),
    "file-password": (
        _("The workbook is protected by a password."),
        _("Open it with the password, remove the password, save it as .xlsx and import it again."),
    ),
    "file-empty": (_("The file is empty."), _("Choose the file that holds the households.")),
    "file-too-big": (
        _("The file is larger than %(most)s MB."),
        _("Import one street or community at a time."),
    ),
    "file-bomb": (
        _("Unpacked, the workbook is larger than %(most)s MB."),
        _("Copy only the rows with households into the template and import that."),
    ),
    "file-no-workbook": (
        _("The file is no .xlsx workbook, or it is damaged."),
        _("Open it in a spreadsheet program and save it as “Excel workbook (*.xlsx)”."),
    ),
    "file-damaged": (
        _("The table can be read only up to row %(row)s: what follows is damaged."),
        _("Open the file in a spreadsheet program, save it again and compare the number of rows."),
    ),
    "file-web-page": (
        _("The file is a web page or another kind of text, no table."),
        _("Open it in a spreadsheet program and save it as “Excel workbook (*.xlsx)”."),
    ),
    "file-encoding": (
        _("Line %(line)s is neither UTF-8 nor GB18030."),
        _("Open the file in a spreadsheet program and save it as “CSV UTF-8” or as .xlsx."),
    ),
    "file-quotes": (
        _("A quotation mark is not closed, or stands in the wrong place, at line %(line)s."),
        _("Repair the quotation marks there, or save the table as .xlsx."),
    ),
    "file-no-header": (
        _("No row among the first %(rows)s names the columns of the template."),
        _("Copy the rows into the template, or write its column names above them."),
    ),
    "file-columns-missing": (
        _("The table has no column %(columns)s."),
        _("Add the column with exactly this name in row %(row)s."),
    ),
    "file-column-twice": (
        _("Two columns, “%(first)s” and “%(second)s”, both mean %(column)s."),
        _("Keep one of them, or rename the other."),
    ),
    "file-two-tables": (
        _("The sheets “%(first)s” and “%(second)s” both hold a table."),
        _("Import each from a file of its own, so that no row is left out unnoticed."),
    ),
    "file-too-long": (
        _("The table has more than %(rows)s rows."),
        _("Import one street or community at a time."),
    ),
    # --- a table with an end mark
    "file-holds-nothing": (_("The file is empty."), _("Choose the file that holds the rows.")),
    "file-no-csv": (
        _("The file is no text: it can't be a CSV table."),
        _("Open it in a spreadsheet program and save it as “CSV UTF-8”."),
    ),
    "file-too-long-to-look-at": (
        _("The file is larger than %(most)s MB."),
        _("Cut it into several files, each with its own last line."),
    ),
    "file-half": (
        _("The last line “%(mark)s” with the number of rows is missing: perhaps half of the file is lost."),
        _("Ask the sender for the whole file; write the line only if you have counted."),
    ),
    "file-count": (
        _("The last line speaks of %(said)s rows, but the file holds %(held)s."),
        _("Ask the sender for the whole file; write the line only if you have counted."),
    ),
    "file-after-end": (
        _("Row %(row)s stands below the line with the number of rows."),
        _("Two files may have been put together: import each by itself."),
    ),
    "file-no-rows": (
        _("There is no household below the column names."),
        _("Choose the file that holds the households."),
    ),
}

ROW_RULES: dict[str, tuple[Text, Text]] = {
    # --- any cell
    "missing": (
        _("The cell is empty."),
        _("Fill it in; in merged cells only the first one holds the value."),
    ),
    "text-too-long": (
        _("The text has %(length)s characters; at most %(limit)s fit."),
        _("Shorten it; in a CSV file a quotation mark may be missing."),
    ),
    "text-control": (_("The text holds the control character %(point)s."), _RETYPE),
    "text-surrogate": (_("The text holds half a character (%(point)s)."), _RETYPE),
    "text-lost": (
        _("A character was lost before the file reached us (%(point)s stands in its place)."),
        _RETYPE,
    ),
    "text-private-use": (
        _("The text holds the private-use character %(point)s, which other computers cannot show."),
        _("Replace it by the character's Unicode form, or copy it from the household register."),
    ),
    "cell-error": (
        _("The cell shows an error of the spreadsheet."),
        _("Repair the formula, or write the value itself."),
    ),
    # --- one person
    "example-row": (_("This is the example row of the template."), _("Delete the row.")),
    "row-alone": (
        _("The row belongs to no household: its household number is empty."),
        _("Write the household's number on every row of its members, also where cells were merged."),
    ),
    "relation-unknown": (
        _("This relation to the applicant is not known."),
        _("Write one of: %(known)s."),
    ),
    "name-characters": (
        _("A name does not hold the sign %(sign)s."),
        _("Write the name as on the card, without numbers or remarks."),
    ),
    "id-twice": (
        _("The ID number stands in row %(first)s too."),
        _("A person belongs to one household: delete one of the two rows."),
    ),
    "id-known": (
        _("A person with this ID number is in the register already."),
        _("Remove the household from the file; changes of known households go through an application."),
    ),
    "birth-disagrees": (
        _("The birth date differs from the one within the ID number."),
        _("Compare both with the card; the birth date may also be left empty."),
    ),
    "phone-form": (
        _("This is no phone number of mainland China."),
        _("Write one number, digits only: 11 for a mobile, area code first for a landline."),
    ),
    "account-form": (
        _("A bank account has 8 to 30 digits."),
        _("Write the digits only, without the bank's name."),
    ),
    "account-rounded": (
        _("A spreadsheet has rounded this bank account: its last digits are lost."),
        _("Format the cell as text, then type the digits again from the card."),
    ),
    # --- days and months
    "date-form": (
        _("This is no date that can be read."),
        _("Write it as 2026-11-03, 2026.11.3 or 2026年11月3日."),
    ),
    "date-impossible": (_("There is no such day in the calendar."), _COMPARE),
    "date-future": (_("The day lies in the future."), _COMPARE),
    "month-future": (_("The month lies in the future."), _COMPARE),
    "month-too-early": (_("There was no minimum living guarantee before %(year)s."), _COMPARE),
    "month-ambiguous": (
        _("A spreadsheet writes January and October alike here."),
        _("Write %(january)s or %(october)s."),
    ),
    # --- money
    "money-form": (_("This is no amount of money."), _("Write yuan as digits: 1326 or 1326.00.")),
    "money-negative": (_("The amount is negative."), _COMPARE),
    "money-huge": (
        _("The amount is larger than %(most)s yuan a month."),
        _("Write yuan per month for the household, not per year, and no account number."),
    ),
    "money-decimals": (_("The amount has more than two decimals."), _("Round it to fen.")),
    "money-zero": (
        _("The amount is zero, so the household receives no guarantee."),
        _("Write the amount paid each month, or remove the household."),
    ),
    # --- the household
    "community-unknown": (
        _("This community is not in the register of places."),
        _("Write its name or its code as the register has it."),
    ),
    "community-ambiguous": (
        _("More than one community has this name."),
        _("Write its code: %(codes)s."),
    ),
    "class-unknown": (
        _("This household class is not known."),
        _("Write A, B or C, or leave the cell empty."),
    ),
    "interval-unknown": (
        _("This interval of re-declaration is not known."),
        _("Write 12个月 or 6个月, or leave the cell empty."),
    ),
    "household-disagrees": (
        _("Row %(first)s of the same household says something else."),
        _("Write the same value on all its rows, or only on the applicant's."),
    ),
    "household-no-head": (
        _("Household %(key)s has no applicant."),
        _("Write 户主 or 本人 as the relation of one of its members."),
    ),
    "household-two-heads": (
        _("Household %(key)s has a second applicant; the first is in row %(first)s."),
        _("Give one of them another relation, or another household number."),
    ),
}

END_MARKED_RULES: dict[str, tuple[Text, Text]] = {
    "case-unknown": (
        _("There is no case with this number in your area."),
        _("Compare the number with the receipt of the application."),
    ),
    "source-unknown": (_("This source is not known."), _("Write one of: %(known)s.")),
    "source-other": (
        _("The row names another source than row %(first)s."),
        _("One file holds the answers of one source: cut it apart."),
    ),
    "result-unknown": (_("This is no result."), _("Write 一致 or 不一致.")),
    "row-twice": (
        _("The same case stands in row %(first)s too."),
        _("Delete one of the two rows."),
    ),
    "person-twice": (
        _("The same ID number stands in row %(first)s too."),
        _("Delete one of the two rows."),
    ),
}

RULES: dict[str, tuple[Text, Text]] = {
    **FILE_RULES,
    **ROW_RULES,
    **END_MARKED_RULES,
    **id_number.RULES,
}


@dataclass(frozen=True)
class Problem:
    """One broken rule at one place: row, column and value as in the file; the value is masked.

    `row` is the number the spreadsheet shows; `column` the header as written there.
    """

    row: int
    column: str
    value: str
    rule: str
    params: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def fault(self) -> str:
        """What is wrong, in the active language."""
        return str(RULES[self.rule][0]) % self.params

    @property
    def advice(self) -> str:
        """What to do about it, in the active language."""
        return str(RULES[self.rule][1]) % self.params

    @property
    def sentence(self) -> str:
        """Both, one after the other."""
        return str(id_number.together(self.fault, self.advice))


class Unreadable(Invalid):
    """The file as a whole is refused before any row is judged."""

    def __init__(self, rule: str, **params: object) -> None:
        self.rule = rule
        self.params = params
        fault, advice = (str(part) % params for part in FILE_RULES[rule])
        super().__init__({"file": [Reason(rule, str(id_number.together(fault, advice)))]})
