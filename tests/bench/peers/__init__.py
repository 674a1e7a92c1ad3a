"""Our portal beside a stock Wagtail site, in one run, on one machine (`make bench-peers`).

Three sides, each a process of its own with an SQLite file of its own, do the same turns one after the other,
so that whatever else the machine does falls on all of them alike:

* `stock`: `tests/stock` as `wagtail start` sets it up, in an environment that holds nothing else;
* `stock-wal`: the same with the SQLite settings of ours, for whoever thinks that these make the difference;
* `ours`: the portal.

A turn is a page published (the text is changed beforehand; timed are saving the version and publishing it,
not our gate and approvals between them) or a page read by a stranger, asked of the WSGI application as a
server would. Ours are policies of numbered articles, theirs news pages with the same Chinese texts. No side
stores answers; pages are asked in turn, none twice in a row. Told are the time on the wall and the CPU's
time; on a machine with other work the latter is the steadier.
"""
