"""What every store promises. All of it runs on each kind of store, the endpoint against a real service."""

import json
import time
from collections import Counter
from itertools import count

import pyoxigraph
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from graph.errors import InvalidData, InvalidParameter, NotAcceptable, QueryError, Timeout, TooLarge
from graph.store import GRAPH_TYPES, Limits, bind
from graph.store.marks import HELD
from graph.store.snapshot import CHUNK

A, B, C = (f"https://w3id.org/concert/id/dataset/{name}/1" for name in "abc")
ALL = frozenset({A, B, C})
EVERYTHING = "SELECT ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def triple(name, value):
    return f'<http://x/{name}> <http://x/p> "{value}"'


def subjects(store, text, graphs):
    """The values of ?s, by the two ways of asking, which must agree."""
    reply = store.query(text, frozenset(graphs), ["application/sparql-results+json"])
    bindings = json.loads(reply.body)["results"]["bindings"]
    asked = sorted(row["s"]["value"].removeprefix("http://x/") for row in bindings if "s" in row)
    streamed = sorted(
        row["s"].value.removeprefix("http://x/") for row in store.rows(text, frozenset(graphs)) if "s" in row
    )
    assert asked == streamed
    return asked


@pytest.fixture
def two(store, snapshot):
    """A store with one triple in A and one in B, which link to each other."""
    link = "<http://x/{}> <http://x/next> <http://x/{}>"
    store.add(A, snapshot(A, triple("a", "of a"), link.format("a", "b")))
    store.add(B, snapshot(B, triple("b", "of b"), link.format("b", "c")))
    return store


def test_what_is_added_is_held_until_it_is_removed(store, snapshot):
    assert store.graphs() == frozenset()
    store.add(A, snapshot(A, triple("a", "1")))
    store.add(B, snapshot(B, triple("b", "1")))
    assert store.graphs() == {A, B}
    assert subjects(store, "SELECT ?s { ?s ?p ?o }", ALL) == ["a", "b"]
    store.remove(A)
    assert store.graphs() == {B}
    assert subjects(store, "SELECT ?s { ?s ?p ?o }", ALL) == ["b"]


def test_adding_again_and_removing_what_is_not_there_change_nothing(store, snapshot):
    store.add(A, snapshot(A, triple("a", "1")))
    store.add(A, snapshot(A, triple("another", "1")))
    store.remove(B)
    assert subjects(store, "SELECT ?s { ?s ?p ?o }", ALL) == ["a"]


def test_a_removed_graph_can_come_back(store, snapshot):
    for name in ("first", "second"):
        store.add(A, snapshot(A, triple(name, "1")))
        assert subjects(store, "SELECT ?s { ?s ?p ?o }", ALL) == [name]
        store.remove(A)
    assert subjects(store, "SELECT ?s { ?s ?p ?o }", ALL) == []


def test_an_empty_dataset_is_held(store, snapshot):
    store.add(A, snapshot(A))
    assert store.graphs() == {A}


ESCAPES = {
    "FROM": f"SELECT ?s FROM <{B}> {{ ?s <http://x/p> ?o }}",
    "FROM NAMED": f"SELECT ?s FROM NAMED <{B}> {{ GRAPH ?g {{ ?s <http://x/p> ?o }} }}",
    "GRAPH ?g": "SELECT ?s { GRAPH ?g { ?s <http://x/p> ?o } }",
    "GRAPH <b>": f"SELECT ?s {{ {{ ?s <http://x/p> ?o }} UNION {{ GRAPH <{B}> {{ ?s ?p ?o }} }} }}",
    "subquery": "SELECT ?s { { SELECT ?s { GRAPH ?g { ?s <http://x/p> ?o } } } FILTER EXISTS { ?s ?p ?o } }",
    "marks": f"SELECT ?s {{ {{ ?s <http://x/p> ?o }} UNION {{ GRAPH <{HELD.value}> {{ ?s ?p ?o }} }} }}",
    "FROM marks": f"SELECT ?s FROM <{HELD.value}> {{ ?s ?p ?o FILTER(?p != <http://x/next>) }}",
}


@pytest.mark.parametrize("text", ESCAPES.values(), ids=ESCAPES.keys())
@pytest.mark.parametrize("more", [set(), {C}, {HELD.value}], ids=["", "not there", "marks"])
def test_a_reader_of_a_sees_nothing_of_b(two, text, more):
    assert subjects(two, text, {A} | more) == ["a"]


def test_a_path_ends_where_the_reader_may_not_follow(two):
    text = "SELECT (?end AS ?s) { <http://x/a> <http://x/next>+ ?end }"
    assert subjects(two, text, {A}) == ["b"]
    assert subjects(two, text, {A, B}) == ["b", "c"]


def test_describe_and_construct_see_no_more(two):
    for text in ("DESCRIBE <http://x/a> <http://x/b>", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"):
        body = two.query(text, frozenset({A}), ["application/n-triples"]).body
        assert sorted(body.decode().splitlines()) == [
            "<http://x/a> <http://x/next> <http://x/b> .",
            '<http://x/a> <http://x/p> "of a" .',
        ]


@pytest.mark.parametrize("text", [*ESCAPES.values(), EVERYTHING], ids=[*ESCAPES.keys(), "everything"])
def test_who_may_see_nothing_sees_nothing(two, text):
    assert subjects(two, text, set()) == []


WORLD = st.dictionaries(st.tuples(*[st.sampled_from("uvw")] * 3), st.sampled_from([A, B, C]), max_size=12)
"""Triples, each with its graph: one that two graphs state is a case of its own, further down."""
ASKED = {
    "SELECT ?x ?y ?z { ?x ?y ?z }": None,
    "SELECT ?g ?x ?z { GRAPH ?g { ?x ?y ?z } }": None,
    f"SELECT ?x ?y FROM <{B}> FROM NAMED <{C}> {{ ?x ?y ?z }}": "SELECT ?x ?y { ?x ?y ?z }",
    f"SELECT ?x ?z {{ ?x <http://x/u> ?z GRAPH <{B}> {{ ?z ?y ?x }} }}": None,
    "SELECT ?x ?z { ?x (<http://x/u>|<http://x/v>)+ ?z }": None,
    "SELECT ?x (COUNT(*) AS ?n) { ?x ?y ?z } GROUP BY ?x": None,
    "SELECT ?x { ?x ?y ?z MINUS { GRAPH ?g { ?z ?y ?x } } }": None,
}
_numbers = count()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=WORLD, visible=st.frozensets(st.sampled_from([A, B, C])), text=st.sampled_from(sorted(ASKED)))
def test_the_visible_graphs_are_the_whole_world(store, snapshot, world, visible, text):
    """The answer is that of a store that holds nothing else, asked without any word about graphs to use."""
    run = next(_numbers)  # fresh graphs each time, beside those of the runs before
    own = {graph: f"{graph}.{run}" for graph in (A, B, C)}
    oracle = pyoxigraph.Store()
    for graph, name in own.items():
        triples = [[NamedNode(f"http://x/{name}") for name in names] for names in world if world[names] == graph]
        store.add(name, snapshot(name, *(" ".join(map(str, each)) for each in triples)))
        for each in triples if graph in visible else ():
            oracle.add(pyoxigraph.Quad(*each))
            oracle.add(pyoxigraph.Quad(*each, NamedNode(name)))
    plain = ASKED[text] or text
    for graph, name in own.items():
        text, plain = text.replace(f"<{graph}>", f"<{name}>"), plain.replace(f"<{graph}>", f"<{name}>")
    expected = oracle.query(plain)
    names = [name.value for name in expected.variables]
    rows = store.rows(text, frozenset(own[graph] for graph in visible))
    assert Counter(tuple(row.get(name) for name in names) for row in rows) == Counter(map(tuple, expected))


@pytest.fixture
def shared(store, snapshot):
    """A store with one and the same triple in A and in B."""
    for graph in (A, B):
        store.add(graph, snapshot(graph, triple("a", "1")))
    return store


def test_what_two_graphs_state_is_told_once_with_distinct(shared):
    assert subjects(shared, "SELECT DISTINCT ?s { ?s ?p ?o }", {A, B}) == ["a"]


@pytest.mark.xfail(strict=True, reason="Oxigraph chains the graphs of the default graph and doesn't merge them")
def test_what_two_graphs_state_counts_once(shared):
    assert subjects(shared, "SELECT ?s { ?s ?p ?o }", {A, B}) == ["a"]


@pytest.mark.parametrize("text", ["DROP ALL", "INSERT DATA { <http://x/i> <http://x/p> 1 }", "CLEAR DEFAULT; ASK {}"])
def test_an_update_is_no_query(two, text):
    with pytest.raises(QueryError):
        two.query(text, frozenset({A}))
    with pytest.raises(QueryError):
        list(two.rows(text, frozenset({A})))
    assert subjects(two, "SELECT ?s { ?s <http://x/p> ?o }", {A, B}) == ["a", "b"]


def test_a_query_that_can_not_be_read_tells_the_place(store):
    with pytest.raises(QueryError) as refusal:
        store.query("SELECT *\n{ ?s ?p }", frozenset())
    assert refusal.value.where == "line 2, column 10"
    with pytest.raises(QueryError) as refusal:
        list(store.rows("SELECT *\n\n{ ?s ?p }", frozenset()))
    assert refusal.value.where == "line 3, column 10"


def test_only_a_select_has_rows(store):
    for text in ("ASK {}", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"):
        with pytest.raises((QueryError, NotAcceptable)):
            list(store.rows(text, frozenset()))


SAID = {
    "text/csv": "s,o,n\r\nhttp://x/a,Ղրղզստան «ҷ»,\r\n",
    "text/tab-separated-values": '?s\t?o\t?n\n<http://x/a>\t"Ղրղզստան «ҷ»"@hy\t\n',
    "application/sparql-results+json": '{"head":{"vars":["s","o","n"]},"results":{"bindings":[{"s":{"type":"uri",'
    '"value":"http://x/a"},"o":{"type":"literal","value":"Ղրղզստան «ҷ»","xml:lang":"hy"}}]}}',
    "application/sparql-results+xml": '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    '<head><variable name="s"/><variable name="o"/><variable name="n"/></head><results><result><binding name="s">'
    '<uri>http://x/a</uri></binding><binding name="o"><literal xml:lang="hy">Ղրղզստան «ҷ»</literal></binding>'
    "</result></results></sparql>",
    "application/n-triples": '<http://x/a> <http://x/p> "Ղրղզստան «ҷ»"@hy .\n',
    "text/turtle": '<http://x/a> <http://x/p> "Ղրղզստան «ҷ»"@hy .\n',
}


@pytest.mark.parametrize("media_type", SAID)
def test_an_answer_is_the_same_bytes_from_every_store(store, snapshot, media_type):
    store.add(A, snapshot(A, '<http://x/a> <http://x/p> "Ղրղզստան «ҷ»"@hy'))
    text = "SELECT ?s ?o ?n { ?s ?p ?o }" if "sparql" in media_type or "separated" in media_type else None
    text = text or ("SELECT ?s ?o ?n { ?s ?p ?o }" if media_type == "text/csv" else "DESCRIBE <http://x/a>")
    reply = store.query(text, frozenset({A}), [media_type])
    assert (reply.media_type, reply.body.decode()) == (media_type, SAID[media_type])


def test_rows_are_typed_terms(store, snapshot):
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    store.add(A, snapshot(A, '<http://x/a> <http://x/p> "тест"@ru', f'<http://x/a> <http://x/p> "1.5"^^{decimal}'))
    rows = store.rows("SELECT ?o ?none { ?s ?p ?o } ORDER BY LANG(?o)", frozenset({A}))
    assert list(rows) == [{"o": Literal("1.5", datatype=decimal)}, {"o": Literal("тест", language="ru")}]


def test_the_first_type_that_fits_the_form_is_taken(store):
    accept = ["text/html", "text/turtle", "text/csv", "application/sparql-results+json"]
    assert store.query("SELECT * {}", frozenset(), accept).media_type == "text/csv"
    assert store.query("DESCRIBE <http://x/a>", frozenset(), accept).media_type == "text/turtle"
    assert store.query("ASK {}", frozenset(), accept[3:]).body == b'{"head":{},"boolean":true}'
    for unfit in (GRAPH_TYPES, ["text/html"], []):
        with pytest.raises(NotAcceptable):
            store.query("SELECT * {}", frozenset(), unfit)


def test_an_answer_beyond_the_limit_is_refused_whole(store, snapshot):
    store.add(A, snapshot(A, *(triple(f"a{n}", "x" * 100) for n in range(1000))))
    with pytest.raises(TooLarge):
        store.query("SELECT * { ?s ?p ?o }", frozenset({A}), limits=Limits(bytes=100_000))
    assert store.query("SELECT * { ?s ?p ?o }", frozenset({A}), limits=Limits(bytes=1_000_000)).body


def test_a_query_is_stopped_when_its_time_is_over(store, snapshot):
    store.add(A, snapshot(A, *(triple(f"a{n}", n) for n in range(300))))
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c + ?f = ?i) }"
    began = time.monotonic()
    with pytest.raises(Timeout):
        store.query(endless, frozenset({A}), limits=Limits(seconds=0.5))
    assert time.monotonic() - began < 3
    assert store.query("ASK {}", frozenset({A})).body


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (f"<http://x/a> <http://x/p> 1 <{A}> .\n", "snapshot.nq.zst"),
        (f"<http://x/a> <http://x/p> <http://x/b> <{B}> .\n", ", line 5001"),
        (f"<http://x/a> <http://x/p> <{A}> .\n", "snapshot.nq.zst"),
        ("<http://x/a> <http://x/p> <http://x/b> .\n", ", line 5001"),
    ],
    ids=["syntax", "another graph", "a triple", "no graph"],
)
def test_a_bad_snapshot_is_refused_whole(store, snapshot, content, where):
    path = snapshot(A)
    good = "".join(f"{triple(f'a{n}', 'x')} <{A}> .\n" for n in range(5000))
    path.write_bytes(zstandard.compress(good.encode()) + zstandard.compress(content.encode()))
    with pytest.raises(InvalidData) as refusal:
        store.add(A, path)
    assert where in refusal.value.where
    assert store.graphs() == frozenset()
    assert subjects(store, EVERYTHING, ALL) == []


def test_a_snapshot_that_breaks_off_is_refused_whole(store, snapshot):
    path = snapshot(A, *(triple(f"a{n}", n * 7919) for n in range(50_000)))
    whole = path.read_bytes()
    assert len(whole) > 2 * CHUNK
    for size in (CHUNK, len(whole) - 1, 0):
        path.write_bytes(whole[:size])
        with pytest.raises(InvalidData):
            store.add(A, path)
        assert store.graphs() == frozenset()
    path.write_bytes(whole + whole)  # two frames, as appending makes them, are one file
    store.add(A, path)
    assert len(subjects(store, "SELECT ?s { ?s ?p ?o }", ALL)) == 50_000


@pytest.mark.parametrize("graph", ["no iri", "http://x/> { } }", HELD.value])
def test_a_graph_must_be_an_iri_and_not_the_marks(store, snapshot, graph):
    with pytest.raises(InvalidParameter):
        store.add(graph, snapshot(A))
    with pytest.raises(InvalidParameter):
        store.remove(graph)


def test_bound_terms_never_become_syntax(two):
    text = 'SELECT ?s { ?s ?p ?o FILTER(?o = $value && regex(?o, "of.*a$$")) }'
    for value, found in (("of a", ["a"]), ('" || "" = "', []), ("\n\\", [])):
        assert subjects(two, bind(text, value=Literal(value)), {A}) == found
    with pytest.raises(TypeError):
        bind(text, value="of a")
    with pytest.raises(TypeError):
        bind(text, value=[Literal("of a"), "} }"])
    assert bind("VALUES ?o { $several }", several=[HELD, HELD]) == f"VALUES ?o {{ {HELD} {HELD} }}"
    with pytest.raises(KeyError):
        bind(text)
