"""What the public reads of the lists: index, list page, files, history, check."""
