"""Tables of the publication journal."""

from __future__ import annotations

from typing import Any

from django.db import models

from relief.ledger.canonical import canonical, sha256_hex
from relief.ledger.insert_only import InsertOnly


class JournalHead(models.Model):
    """One row: the last number given. Locked last and held to commit, so the sequence has no gap."""

    seq = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "journal head"


class Publication(InsertOnly):
    """One change of what the public sees (公开流水).

    `ref` is a list number or a page's uuid; what `digest` covers is said by the kind:
    `list` the list's digest at publication · `period` the same digest, the period begins or is extended ·
    `close` the period ended · `expire` names were removed, digest unchanged ·
    `retract` one row left the list before its time, digest unchanged · `withdraw` the list was withdrawn ·
    `response` the counts of responses to the list changed · `correct` a correction: its new digest ·
    `rows` the period of rows with a clock of their own ended, digest unchanged ·
    `page` a page's text and files · `site` the bureau's particulars that stand on every page.
    """

    KINDS = (
        "list",
        "period",
        "close",
        "expire",
        "retract",
        "withdraw",
        "response",
        "correct",
        "rows",
        "page",
        "site",
    )

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=16)
    ref = models.CharField(max_length=64, db_index=True)
    digest = models.CharField(max_length=64)
    event_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("seq",)
        verbose_name = "publication journal"

    def leaf(self) -> dict[str, Any]:
        """What the (later) Merkle tree hashes: schema `pub/1`."""
        return {
            "schema": "pub/1",
            "seq": self.seq,
            "kind": self.kind,
            "ref": self.ref,
            "digest": self.digest,
            "at": self.at.isoformat(timespec="microseconds"),
        }

    def leaf_hash(self) -> str:
        """SHA-256 over 0x00 and the canonical leaf (RFC 9162, 2.1.1)."""
        return sha256_hex(b"\x00" + canonical(self.leaf()))


class Series(models.Model):
    """The last number given in one series (`list:gs:101:2026`), for ever without a gap or a repeat."""

    key = models.CharField(max_length=40, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "series"
