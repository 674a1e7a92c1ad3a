"""An address that is too long for words of ours is one that the server itself can't read any more."""

import urllib.error
import urllib.request

#: GET, the path and the version of HTTP beside the words, in the 8,190 bytes that gunicorn reads at most
WORDS = 8_000


def test_a_server_started_in_the_project_answers_long_addresses_in_our_words(live_site):
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        answer = direct.open(f"{live_site}/search/?q={'x' * WORDS}", timeout=60)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        assert answer.status == 200, answer.read()[:300]
        assert 'lang="zh-CN"' in answer.read().decode()
