"""Registers (台账): read-only tables of the domain in the CMS, by permission and area."""
