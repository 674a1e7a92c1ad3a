"""The publication journal (公开流水): an insert-only, gapless sequence of everything that changed in public."""
