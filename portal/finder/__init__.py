"""What the portal hands over to the finder (检索): pages and public lists, as they are public now."""
