"""Follow every link of the public site and keep every byte that comes back: head, body, error pages."""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

LINK = re.compile(rb'(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>')
BEHIND_SIGN_IN = ("/desk/", "/cms/")
NO_PAGES = ("/static/", "/display/")
MOST = 400


@dataclass
class Crawl:
    """What was fetched: every byte by address, and the status."""

    base: str
    answers: dict[str, bytes] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)

    def follow(self, *starts: str) -> None:
        """Fetch the starts and whatever they lead to, within the public site."""
        waiting = [*starts]
        while waiting and len(self.answers) < MOST:
            path = waiting.pop(0)
            if path not in self.answers:
                waiting += [link for link in self.links(path, self.fetch(path)) if link not in self.answers]

    def fetch(self, path: str) -> bytes:
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            answer = direct.open(self.base + path, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            head = str(answer.headers).encode()
            body = answer.read()
        self.answers[path] = path.encode() + b"\n" + head + b"\n" + body
        self.statuses[path] = answer.status or 0
        return body

    def links(self, path: str, body: bytes) -> list[str]:
        found = []
        for match in LINK.finditer(body):
            text = html.unescape((match[1] or match[2]).decode(errors="replace"))
            link = urldefrag(urljoin(self.base + path, text)).url
            parts = urlsplit(link)
            inside = link.startswith(self.base + "/") or "testserver" in parts.netloc
            if inside and not parts.path.startswith(BEHIND_SIGN_IN + NO_PAGES):
                found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
        return found
