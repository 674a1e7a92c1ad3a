"""English: 30 November 2026, as all our pages write it."""
