"""What of a file is searched: its words as they are read, without private numbers and lists of names."""

from portal.finder.texts import words_of
from portal.gate.reader.found import Text, Unread
from relief.confidential.private_kinds import Allowed


def test_private_numbers_and_lists_of_names_are_left_out():
    at = (("line", 1),)
    allowed = Allowed()
    some = [Text(at, "办理条件"), Text(at, "电话：13912345678"), Unread(at, "picture"), Unread(at, "picture")]
    assert words_of(some, allowed) == ("办理条件", "picture")
    rows = [Text(at, f"{name}\t980元") for name in ("王建国", "李秀英", "张伟明")]
    assert words_of(rows, allowed) == ("", "names")
    assert words_of([], allowed) == ("", "")


def test_lines_of_a_page_run_on_within_a_word_and_end_with_a_sentence_or_a_row():
    lines = [
        "申请救助的家庭，应",
        "当在 2026 年 11 月 3 日",
        "前提出，每户不超过 1,326",
        "元，每户 3 人。",
        "类型 户数",
        "火灾 2 5055",
        "Applicants receive ",
        "up to 3 months",
    ]
    read = [Text((("page", 1),), line) for line in lines]
    read += [Text((("page", 2),), "附则"), Text((("sheet", "表"),), "合"), Text((("sheet", "表"),), "计")]
    assert words_of(read, Allowed())[0] == (
        "申请救助的家庭，应当在 2026年 11月 3日前提出，每户不超过 1,326元，每户 3人。 类型 户数 火灾 2 5055"
        " Applicants receive up to 3 months 附则 合 计"
    )
