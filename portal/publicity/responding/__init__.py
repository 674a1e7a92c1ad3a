"""What the public says to a list (反映) on the web: written step by step, sent once, looked up, escalated."""
