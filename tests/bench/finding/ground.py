"""What the parts of one run share: how many documents, a folder, an Elasticsearch or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from elasticsearch import Elasticsearch

from search.elastic import ElasticIndex
from search.embedded import EmbeddedIndex
from search.index import Index
from tests.bench.finding.crowd import crowd

#: how everything begins that a run makes on a server
NAME = "relief-bench"


@dataclass(frozen=True)
class Run:
    """`url` is empty where no Elasticsearch is to be had."""

    size: int
    url: str
    folder: Path

    def embedded(self) -> EmbeddedIndex:
        """The embedded index of all the documents, made when it isn't there yet."""
        index = EmbeddedIndex(self.folder / "crowd")
        self.filled(index)
        return index

    def elastic(self, what: str) -> ElasticIndex | None:
        """An index on the server; patient: the first answers of a new server take seconds."""
        if not self.url:
            return None
        index = ElasticIndex(self.url.split(","), f"{NAME}-{what}")
        index.client = index.client.options(request_timeout=30)
        return index

    def filled(self, index: Index) -> None:
        if index.cursor() < 0:
            index.rebuild(crowd(self.size), 1)

    def remove(self) -> None:
        """Take away what this run has made on a server, which may be another's."""
        if not self.url:
            return
        with Elasticsearch(self.url.split(","), request_timeout=60) as client:
            for name in client.indices.get(index=f"{NAME}-*"):
                client.indices.delete(index=name)
            for one in client.indices.get_index_template(name=f"{NAME}-*")["index_templates"]:
                client.indices.delete_index_template(name=one["name"])
