"""Search measured: `make bench-search`, or `python -m tests.bench.finding [DOCUMENTS [PART…]]`.

One run, both engines, stock Wagtail beside them. The known texts and queries are those of tests/search; the
100,000 documents say the same of other days under other numbers (`crowd`). A query's first time is measured
on an index that nothing was asked yet; asked again, the embedded one has the numbers beside the filters at
hand, and both are told. Elasticsearch is started for the run, or `ES_URL` names one.
"""
