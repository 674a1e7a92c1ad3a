"""Public lists (公示公告): made from the cases, frozen, posted, closed, forgotten in time."""
