"""Settings by environment: base, dev (the demo too), test, production."""
