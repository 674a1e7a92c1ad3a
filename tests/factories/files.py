"""CSV files with an end mark, as offices send them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

CHECKS = "案号,来源,核对日期,结果,备注"
DEATHS = "身份证号,死亡日期,来源"


def marked(header: str, *rows: str, end: str | None = "", encoding: str = "utf-8") -> bytes:
    """The file; `end` "" counts the rows rightly, None leaves the end mark out."""
    last = [f"总行数,{len(rows)}"] if end == "" else [end] if end is not None else []
    return "\r\n".join([header, *rows, *last, ""]).encode(encoding)


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def answer(number: str | None, **columns: str) -> str:
    """One row of cross-check results, good unless a column says otherwise."""
    row = {"source": "综合报告", "day": "2026-03-02", "result": "一致", "remarks": "", **columns}
    return ",".join([str(number), row["source"], row["day"], row["result"], row["remarks"]])


def death(number: str, died_on: str = "2026-02-20", source: str = "公安分局") -> str:
    return ",".join([number, died_on, source])


def codes(bad: Sequence) -> list[tuple[int, str]]:
    """Row and reason of each bad row."""
    return [(one.row, one.reason.code) for one in bad]
