"""The finder: looks only at what has been published."""
