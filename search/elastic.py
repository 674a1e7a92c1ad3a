"""The second engine: an Elasticsearch server or cluster, chosen by `ES_URL`.

Readers ask an alias. A rebuild fills an index of a new name and moves the alias in one step. A record's key
is its document's number and how far the journal is read is written behind the records, so whatever breaks
off in between is simply written again. The journal's number is also the version of what is written: of two
processes that follow at once the slower never puts an older state over a newer one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, ConflictError, Elasticsearch, NotFoundError, helpers

from relief.trail import clock
from search.analysis import stamp
from search.documents import RecordDocument, document, request, tier_of
from search.index import Change, Found, Look, Outdated, Progress, Unavailable
from search.record import FACETS, Record

#: seconds: a reader's question, a writer's request
ASKING, WRITING = 0.8, 30.0
CHUNK = 500
CURSOR = "cursor"
#: what is written goes over the same or an older version only
NEWER = "external_gte"


class ElasticIndex:
    """The alias `alias` on one server or the nodes of a cluster."""

    name = "elasticsearch"

    def __init__(self, nodes: list[str], alias: str) -> None:
        self.alias = alias
        self.client = Elasticsearch(nodes, request_timeout=ASKING, max_retries=0, retry_on_timeout=False)

    # --- writing ------------------------------------------------------------------------------

    def apply(self, changes: Iterable[Change], cursor: int) -> None:
        """Write changes, then how far the journal is read. Raises Outdated, Unavailable."""
        with self._patiently() as client:
            index, kept = self._cursor_row(client)
            if kept.get("analysis") != stamp():
                raise Outdated
            # the index itself, not the alias: a rebuild may move that meanwhile, and must not get our cursor
            self._bulk(client, (_action(change, cursor) for change in changes), index)
            self._say_cursor(client, index, cursor)
            client.indices.refresh(index=index)

    def rebuild(self, records: Iterable[Record], cursor: int, progress: Progress | None = None) -> int:
        """A new index from these records; the alias goes over to it once it is whole. How many there are."""
        with self._patiently() as client:
            self.put_template(client)
            new = f"{self.alias}-{clock.now():%Y%m%d%H%M%S%f}"
            client.indices.create(index=new, settings={"refresh_interval": "-1"})
            try:
                actions = (_action(Change(one.key, one), cursor) for one in records)
                done = self._bulk(client, actions, new, progress)
                self._say_cursor(client, new, cursor)
                client.indices.put_settings(index=new, settings={"refresh_interval": None})
                client.indices.refresh(index=new)
            except BaseException:
                client.indices.delete(index=new, ignore_unavailable=True)
                raise
            self._swap(client, new)  # when no answer comes it may have happened: then nothing is removed
            return done

    def put_template(self, client: Elasticsearch) -> None:
        """What every index of ours is made by."""
        name = f"{self.alias}-template"
        template = RecordDocument._index.as_composable_template(name, f"{self.alias}-*").to_dict()
        # writing to an index that a rebuild has just replaced must fail, not make it anew
        client.indices.put_index_template(name=name, allow_auto_create=False, **template)

    def _swap(self, client: Elasticsearch, new: str) -> None:
        """Move the alias and, in the same step, drop what it named and what broken rebuilds left."""
        others = [one for one in client.indices.get(index=f"{self.alias}-*") if one != new]
        actions: list[dict[str, Any]] = [{"add": {"index": new, "alias": self.alias}}]
        actions += [{"remove_index": {"index": one}} for one in others]
        client.indices.update_aliases(actions=actions)

    def _bulk(
        self,
        client: Elasticsearch,
        actions: Iterable[dict[str, Any]],
        index: str,
        progress: Progress | None = None,
    ) -> int:
        done = 0
        for _good, answer in helpers.streaming_bulk(
            client, actions, chunk_size=CHUNK, index=index, raise_on_error=False
        ):
            ((act, said),) = answer.items()
            status = said.get("status", 500)
            # 404: it was not there to be taken out; 409: a newer state is there already
            if status >= 400 and (act, status) != ("delete", 404) and status != 409:
                raise Unavailable(f"a record was refused with status {status}")
            done += 1
            if progress is not None:
                progress(done)
        return done

    def _say_cursor(self, client: Elasticsearch, index: str, cursor: int) -> None:
        row = {"role": CURSOR, "cursor": cursor, "analysis": stamp()}
        with suppress(ConflictError):  # somebody has read further
            client.index(index=index, id=CURSOR, document=row, version=cursor, version_type=NEWER)

    # --- reading ------------------------------------------------------------------------------

    def cursor(self) -> int:
        """How far the journal is read; -1 where there is no index of this analysis. Raises Unavailable."""
        with self._patiently() as client:
            _index, row = self._cursor_row(client)
            return int(row["cursor"]) if row.get("analysis") == stamp() else -1

    def _cursor_row(self, client: Elasticsearch) -> tuple[str, dict[str, Any]]:
        """The index behind the alias, and how far it has read; empty without one."""
        try:
            found = client.get(index=self.alias, id=CURSOR)
        except NotFoundError:
            return "", {}
        return str(found["_index"]), dict(found["_source"])

    def digests(self) -> Iterator[tuple[str, str]]:
        """Key and digest of every record kept, in order of keys."""
        with self._patiently() as client:
            after: list[Any] | None = None
            while True:
                answer = client.search(
                    index=self.alias,
                    query={"term": {"role": "record"}},
                    sort=[{"order": "asc"}],
                    source=["kept.key", "digest"],
                    size=1000,
                    search_after=after,
                )
                hits = answer["hits"]["hits"]
                if not hits:
                    return
                yield from ((hit["_source"]["kept"]["key"], hit["_source"]["digest"]) for hit in hits)
                after = hits[-1]["sort"]

    def look(self, look: Look) -> Found:
        """Answer one stage. Raises Unavailable."""
        with self._answering():
            answer = self.client.search(index=self.alias, body=request(look, self.alias).to_dict())
        return found(dict(answer), look)

    # --- a server that is dead ----------------------------------------------------------------

    @contextmanager
    def _patiently(self) -> Iterator[Elasticsearch]:
        with self._answering():
            yield self.client.options(request_timeout=WRITING, max_retries=2, retry_on_timeout=True)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except (TransportError, ApiError) as problem:
            raise Unavailable(type(problem).__name__) from problem


def found(answer: dict[str, Any], look: Look) -> Found:
    """A server's answer, read."""
    hits = tuple(
        (Record.from_dict(hit["_source"]["kept"]), tier_of(hit.get("_score") or 0, look))
        for hit in answer["hits"]["hits"]
    )
    if not look.counts:
        return Found(hits, len(hits), len(hits))
    counted = answer["aggregations"]
    facets = {
        name: {bucket["key"]: bucket["doc_count"] for bucket in counted[name]["values"]["buckets"]}
        for name in FACETS
    }
    return Found(hits, answer["hits"]["total"]["value"], counted["matched"]["doc_count"], facets)


def _action(change: Change, cursor: int) -> dict[str, Any]:
    written = {"_id": change.key, "version": cursor, "version_type": NEWER}
    if change.record is None:
        return {"_op_type": "delete", **written}
    return {"_op_type": "index", **written, "_source": document(change.record).to_dict()}
