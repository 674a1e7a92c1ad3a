"""The finder (站内检索) in the portal: what it is handed over, and the page that asks it."""
