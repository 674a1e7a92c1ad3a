"""Households and persons: who lives and is assessed together."""
