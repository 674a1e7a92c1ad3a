"""The official's side of the site (/desk/): queue, intake, case, acts, lists. No page here is ever kept by a cache."""
