"""The privacy gate of pages (发布前隐私检查): all texts and files of a page are read before it is public."""
