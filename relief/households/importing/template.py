"""The empty table that offices download (导入模板): an example row and an explanation of each column."""

from __future__ import annotations

from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from relief.households.importing.columns import COLUMNS, RELATIONS

TABLE_SHEET = "困难家庭"
HELP_SHEET = "填表说明"
_ROWS = 10_000
_NUMBERS = {"income", "amount"}


def write_template(target: BinaryIO) -> None:
    """Write the template as .xlsx; the headers stay Chinese, the explanations follow the active language."""
    book = Workbook()
    table = book.active
    assert isinstance(table, Worksheet)
    table.title = TABLE_SHEET
    _write_table(table)
    _write_help(book.create_sheet(HELP_SHEET))
    book.save(target)


def _write_table(sheet: Worksheet) -> None:
    sheet.append([column.header for column in COLUMNS])
    sheet.append([column.example or None for column in COLUMNS])
    for position, column in enumerate(COLUMNS, start=1):
        letter = get_column_letter(position)
        sheet.column_dimensions[letter].width = (
            24 if column.key in {"id_number", "account", "address"} else 14
        )
        if column.key in _NUMBERS:
            continue
        # Text, so that no spreadsheet rounds an ID number or turns 2021.10 into 2021.1.
        sheet.column_dimensions[letter].number_format = "@"
        sheet.cell(2, position).number_format = "@"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="E8EEF4")
    sheet.freeze_panes = "A2"
    _offer(sheet, "relation", [words[0] for words in RELATIONS.values()])
    _offer(sheet, "household_class", ["A", "B", "C"])
    _offer(sheet, "interval", ["12个月", "6个月"])


def _offer(sheet: Worksheet, key: str, words: list[str]) -> None:
    """A list to choose from; other words may be typed and are checked by the import."""
    letter = get_column_letter(
        next(place for place, column in enumerate(COLUMNS, start=1) if column.key == key)
    )
    choice = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
    choice.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(choice)


def _write_help(sheet: Worksheet) -> None:
    for sentence in (
        _("One row per person; the rows of one household share its number."),
        _("Delete the example row before you import."),
        _("What concerns the whole household need stand only on the applicant's row."),
        _("Title rows, empty rows and rows of totals are allowed; they are not imported."),
        _("Either every row is imported or none: the import names each fault by row and column."),
    ):
        sheet.append([sentence])
    sheet.append([])
    sheet.append([_("Column"), _("Needed"), _("Explanation"), _("Other names that are understood")])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for column in COLUMNS:
        needed = _("yes") if column.required else _("may be empty")
        sheet.append([column.header, needed, str(column.help), "、".join(column.also.split())])
    for letter, width in zip("ABCD", (20, 12, 60, 80), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=8):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
