"""Handover (移交): what somebody answers for goes to another person, with a reason."""
