"""How a value looks to those who may not see it whole (脱敏; pure). No digit of an ID number, anywhere."""

from __future__ import annotations

STAR = "*"


def mask_name(name: str) -> str:
    """One character hidden at least: 王英 → 王*, 王小英 → 王*英, 欧阳小英 → 欧**英; Latin: initials."""
    name = name.strip()
    if not name:
        return ""
    if name.isascii() and " " in name:
        return " ".join(part[0] + "." for part in name.split())
    if len(name) == 1:
        return STAR
    if len(name) == 2:
        return name[0] + STAR
    return name[0] + STAR * (len(name) - 2) + name[-1]


def mask_id_number(number: str) -> str:
    """Only the length remains."""
    return STAR * len(number)


def mask_phone(phone: str) -> str:
    """138****1234."""
    return phone[:3] + STAR * 4 + phone[-4:] if len(phone) >= 11 else STAR * len(phone)


def mask_account(account: str) -> str:
    """The last four digits remain, for the officer who compares a card."""
    return STAR * max(len(account) - 4, 0) + account[-4:] if len(account) > 4 else STAR * len(account)


def mask_whole(text: str) -> str:
    """Nothing remains, not even how long it was beyond six characters."""
    return STAR * min(len(text), 6)
