"""The editors' face at `/cms/`: Wagtail's screens, less the doors that officers go through elsewhere."""
