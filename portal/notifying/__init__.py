"""Notification rules (通知规则): which event is told to whom by mail, and what became of each mail."""
