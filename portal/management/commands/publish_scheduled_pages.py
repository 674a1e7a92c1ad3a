"""The old name of `publish_scheduled`."""

from portal.management.commands.publish_scheduled import Command

__all__ = ["Command"]
