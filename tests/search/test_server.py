"""What search may ask of Elasticsearch: this much a real server does, and more our code must not need.

The server that the tests start is the small one (search/SERVERS.md); ES_URL may name a complete one.
"""

from collections.abc import Callable
from datetime import date

import pytest
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import scan, streaming_bulk
from elasticsearch_dsl import Date, Document, Integer, Keyword, Q, Search, Text

from scripts.elasticsearch_server import Server


class Notice(Document):
    """A text as search will hold it: pairs of characters, cut by us, parted by blanks."""

    title = Text(analyzer="whitespace")
    body = Text(analyzer="whitespace")
    exact = Keyword()
    kind = Keyword()
    day = Date()
    number = Integer()


#: number, kind, day, title, body, exact value
NOTICES = [
    (1, "policy", date(2024, 3, 1), "低保 保标 标准 准", "最低 低生 生活 活保 保障 障", "明民发〔2024〕1号"),
    (2, "notice", date(2024, 5, 1), "公示 示", "低保 保标 标准 准 2024年", "明民发〔2024〕2号"),
    (3, "notice", date(2024, 5, 1), "低保 保公 公示 示", "标准 准", "明民发〔2024〕3号"),
    (4, "notice", date(2023, 1, 1), "标准 准 低保 保", "办公 公示 示意 意图 图", "明民发〔2023〕1号"),
]
FIELDS = ("number", "kind", "day", "title", "body", "exact")


def action(row: tuple, **more: object) -> dict[str, object]:
    return {"_id": str(row[0]), "_source": dict(zip(FIELDS, row, strict=True)), **more}


def filled(client: Elasticsearch, name: str, rows: list[tuple] = NOTICES) -> str:
    """Makes an index of these notices and returns its name."""
    Notice._index.clone(name=name).create(using=client)
    done = streaming_bulk(client, map(action, rows), index=name, refresh=True)
    assert all(well for well, _ in done)
    return name


@pytest.fixture(scope="module")
def notices(elastic: Elasticsearch, own_name: str) -> str:
    return filled(elastic, f"{own_name}-notices")


@pytest.fixture
def found(elastic: Elasticsearch, notices: str) -> Callable[[Q], list[int]]:
    """The numbers of what a query finds, in the order of search: tier, newest first, number."""

    def ask(query: Q) -> list[int]:
        search = Search(using=elastic, index=notices).query(query).extra(track_total_hits=True)
        hits = search.sort({"_score": "desc"}, {"day": "desc"}, {"number": "asc"}).execute()
        assert hits.hits.total.value == len(hits)
        return [hit.number for hit in hits]

    return ask


def test_the_pinned_client_and_the_server_understand_each_other(elastic):
    health = elastic.cluster.health(wait_for_status="yellow")
    assert health["status"] in {"green", "yellow"}
    assert health.meta.headers["x-elastic-product"] == "Elasticsearch"
    versions = {node["version"].split(".")[0] for node in elastic.nodes.info()["nodes"].values()}
    assert versions <= {"8", "9"}


def test_fields_are_what_the_document_says(elastic, notices):
    (index,) = elastic.indices.get_mapping(index=notices).values()
    kinds = {name: field["type"] for name, field in index["mappings"]["properties"].items()}
    assert kinds == {"title": "text", "body": "text", "exact": "keyword", "kind": "keyword", "day": "date",
                     "number": "integer"}  # fmt: skip


def test_tokens_stay_as_we_cut_them(elastic, notices):
    said = elastic.indices.analyze(index=notices, field="title", text="低保 保 2024年 620.5元 dibao")
    assert [token["token"] for token in said["tokens"]] == ["低保", "保", "2024年", "620.5元", "dibao"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        pytest.param(Q("match_phrase", title="低保 保标 标准"), [1], id="a phrase of pairs"),
        pytest.param(Q("match_phrase", title="标准 低保"), [], id="pairs apart are no phrase"),
        pytest.param(Q("term", title="低保"), [1, 3, 4], id="a word of two characters"),
        pytest.param(Q("prefix", body="意"), [4], id="one character: how a pair begins"),
        pytest.param(Q("term", exact="明民发〔2024〕2号"), [2], id="an exact value"),
        pytest.param(Q("term", exact="明民发〔2024〕"), [], id="half of an exact value"),
        pytest.param(Q("range", day={"gte": "2023-01-01", "lt": "2024-01-01"}), [4], id="a year"),
        pytest.param(Q("match_none"), [], id="nothing"),
    ],
)  # fmt: skip
def test_every_kind_of_question(found, query, numbers):
    assert sorted(found(query)) == numbers


def test_tiers_decide_then_the_day_then_the_number(found):
    """The best tier counts, whatever the engine thinks of rare words."""
    tiers = [
        (5, Q("term", exact="明民发〔2023〕1号")),
        (4, Q("bool", must=[Q("term", title="低保")])),
        (2, Q("bool", should=[Q("term", title="公示"), Q("term", body="标准")], minimum_should_match=1)),
    ]
    query = Q("dis_max", queries=[Q("constant_score", filter=asked, boost=tier) for tier, asked in tiers])
    assert found(query) == [4, 3, 1, 2]
    assert found(Q("constant_score", filter=Q("match_all"))) == [2, 3, 1, 4]


def test_a_filter_beside_the_query_changes_no_order(found):
    asked = Q("constant_score", filter=Q("term", title="低保"), boost=4)
    assert found(Q("bool", must=[asked], filter=[Q("terms", kind=["notice"])])) == [3, 4]


def test_facets_count_all_that_is_found(elastic, notices):
    search = Search(using=elastic, index=notices).query("term", title="低保")[:0]
    search.aggs.bucket("kinds", "terms", field="kind", size=50)
    assert {bucket.key: bucket.doc_count for bucket in search.execute().aggregations.kinds} == {
        "notice": 2,
        "policy": 1,
    }


def test_all_that_is_indexed_can_be_listed(elastic, notices):
    rows = scan(elastic, index=notices, query={"_source": ["day"]}, size=3)
    assert sorted((row["_id"], row["_source"]["day"]) for row in rows) == [
        (str(row[0]), row[2].isoformat()) for row in NOTICES
    ]


def test_a_new_index_takes_its_fields_from_the_template(elastic, own_name):
    template = Notice._index.as_composable_template(f"{own_name}-made", pattern=f"{own_name}-made-*")
    template.save(using=elastic)
    elastic.indices.create(index=f"{own_name}-made-1")
    (made,) = elastic.indices.get_mapping(index=f"{own_name}-made-1").values()
    assert made["mappings"]["properties"]["title"] == {"type": "text", "analyzer": "whitespace"}


def test_an_alias_changes_its_index_at_once(elastic, own_name):
    alias = f"{own_name}-now"
    old = filled(elastic, f"{own_name}-old", NOTICES[:1])
    new = filled(elastic, f"{own_name}-new", NOTICES[1:])
    elastic.indices.put_alias(index=old, name=alias)
    assert elastic.count(index=alias)["count"] == 1
    swap = [{"remove": {"index": old, "alias": alias}}, {"add": {"index": new, "alias": alias}}]
    elastic.indices.update_aliases(actions=swap)
    assert elastic.count(index=alias)["count"] == 3
    assert list(elastic.indices.get_alias(name=alias)) == [new]


def test_bulk_names_what_it_could_not_take_and_takes_the_rest(elastic, own_name):
    name = filled(elastic, f"{own_name}-bulk", [])
    wrong = action((8, "notice", "no day", "低保", "保", "")), action(NOTICES[0])
    done = list(streaming_bulk(elastic, wrong, index=name, refresh=True, raise_on_error=False))
    assert [(well, said["index"]["_id"], said["index"]["status"]) for well, said in done] == [
        (False, "8", 400),
        (True, "1", 201),
    ]
    removal = [{"_op_type": "delete", "_id": number} for number in ("1", "8")]
    done = list(streaming_bulk(elastic, removal, index=name, refresh=True, raise_on_error=False))
    assert [said["delete"]["result"] for _, said in done] == ["deleted", "not_found"]
    assert elastic.count(index=name)["count"] == 0


def test_an_older_state_never_overwrites_a_newer_one(elastic, own_name):
    """With the journal's number as version, a step that is taken twice or late changes nothing."""
    name = filled(elastic, f"{own_name}-versions", [])
    for row, version, status in ((NOTICES[0], 7, 201), (NOTICES[0], 7, 200), (NOTICES[0], 6, 409)):
        step = action(row, version=version, version_type="external_gte")
        ((_, said),) = streaming_bulk(elastic, [step], index=name, raise_on_error=False)
        assert said["index"]["status"] == status


@pytest.mark.parametrize(
    ("module", "call"),
    [
        ("reindex", lambda client, name: client.delete_by_query(index=name, query={"match_none": {}})),
        ("reindex", lambda client, name: client.update_by_query(index=name, query={"match_none": {}})),
        ("reindex", lambda client, name: client.reindex(source={"index": name}, dest={"index": f"{name}-2"})),
        ("analysis-common", lambda client, _: client.indices.analyze(text="低保标准", analyzer="cjk")),
        ("lang-painless", lambda client, name: client.search(index=name, sort=BY_SCRIPT)),
        ("rest-root", lambda client, _: client.info()),
    ],
    ids=["delete by query", "update by query", "reindex", "analyzer cjk", "script", "info"],
)
def test_what_the_small_server_lacks_it_refuses(elastic, notices, module, call):
    """So none of it may be needed; a complete server does it all."""
    modules = {
        part["name"]
        for node in elastic.nodes.info(metric="plugins")["nodes"].values()
        for part in node["modules"]
    }
    try:
        call(elastic, notices)
        refused = False
    except ApiError as error:
        refused = error.status_code in {400, 405}
        assert refused, error
    assert refused == (module not in modules)


BY_SCRIPT = {"_script": {"type": "number", "order": "asc", "script": {"source": "1"}}}


@pytest.mark.long
@pytest.mark.full
def test_what_was_taken_survives_a_server_that_is_killed(mortal: Server):
    with Elasticsearch(mortal.url, request_timeout=60) as client:
        filled(client, "relief-killed")
        mortal.kill()
        mortal.start()
        client.cluster.health(index="relief-killed", wait_for_status="yellow", timeout="60s")
        assert client.count(index="relief-killed")["count"] == len(NOTICES)
