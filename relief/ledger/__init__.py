"""The publication journal (公开流水): what changed in public, in order, without a gap."""
