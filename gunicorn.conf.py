"""What every gunicorn reads that is started in this folder: for a deployment, the demo and the tests."""

#: bytes of the first line of a request, the most that can be set; a longer one gunicorn answers itself
limit_request_line = 8190
