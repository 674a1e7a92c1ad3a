"""The way in and out: all texts of a portal in one ZIP, and back into an empty portal (整站导出导入)."""
