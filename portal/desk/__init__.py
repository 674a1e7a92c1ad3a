"""The official's side of the site (/desk/): queue, intake, case, acts, lists. No cache keeps any of it."""
