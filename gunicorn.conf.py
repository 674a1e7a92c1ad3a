"""What every gunicorn reads that is started in this folder: for a deployment, the demo and the tests."""

#: bytes of the request's first line: the most that gunicorn takes. It answers a longer one itself, in English.
limit_request_line = 8190
