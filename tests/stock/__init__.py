"""A stock Wagtail site, as `wagtail start` makes it, with a news page: our figures and traps stand beside it.

Always in a process of its own with settings of its own (`tests.stock.settings`); nothing of the portal is
installed in it. The traps run it on the packages of `.venv`, whose Wagtail and Django are the pinned ones;
`make bench-peers` on an environment that holds nothing else (scripts/make_peer_environment.sh).
"""
