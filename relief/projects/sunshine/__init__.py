"""Sunshine project (阳光工程): the minimum living guarantee (最低生活保障)."""
