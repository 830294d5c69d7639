"""What is refused at the door, and what only looks like it."""

import contextlib
import socket
import threading
import time

import pyoxigraph
import pytest
from rdflib.plugins.sparql import prepareQuery

from graph.errors import QueryError, TooLarge
from graph.store.door import DEEPEST, MOST_CHARACTERS, check

HARMLESS = {
    "in a string": 'SELECT * { ?s ?p "SERVICE <http://x/> { }" }',
    "in other strings": 'SELECT * { ?s ?p \'\'\'it\'s SERVICE\n{ }\'\'\', """a "SERVICE" \\"""" }',
    "in a comment": "SELECT * { # SERVICE <http://x/> { }\n ?s ?p ?o }",
    "in an IRI": "SELECT * { ?s <http://x/service#a> <http://x/SERVICE> }",
    "in a prefix": "PREFIX service: <http://x/> SELECT * { ?s service:a service:b }",
    "in a local name": "PREFIX ex: <http://x/> SELECT * { ?s ex:service ex:a.service ; ex:Service-b ?o }",
    "in a variable": "SELECT ?service { ?service ?p $SERVICE }",
    "in a blank node": "SELECT * { _:service ?p ?o }",
    "in a language": 'SELECT * { ?s ?p "a"@service }',
    "in a comparison": "SELECT * { ?s ?p ?o FILTER(?o<5 && ?o>3) }",
}
CALLS = {
    "plain": "SELECT * { SERVICE <U> { ?s ?p ?o } }",
    "case and lines": "SELECT * {\n sErViCe\n#a comment\nSILENT\r\n<U>\n{ ?s ?p ?o } }",
    "without blanks": "SELECT*{SERVICE<U>{?s ?p ?o}}",
    "by a variable": "SELECT * { VALUES ?x { <U> } SERVICE ?x { ?s ?p ?o } }",
    "stuck to its prefix": "PREFIX ex: <U> SELECT * { SERVICEex:{ ?s ?p ?o } }",
    "stuck to an empty prefix": "PREFIX : <U> SELECT * { SERVICESILENT: # {\n { ?s ?p ?o } }",
    "stuck to a word": "SELECT * { ?s ?p trueSERVICE <U> { ?s ?p ?o } }",
    "stuck to a number": "SELECT * { ?s ?p 1.SERVICE <U> { ?s ?p ?o } }",
    "after an empty local name": "PREFIX ex: <U> SELECT * { ?s ?p ex:.SERVICE <U> { ?s ?p ?o } }",
    "in what may be an IRI": "SELECT * { VALUES (?a ?b ?x) { (1 2 <U>) } FILTER(?a<?b)SERVICE#>\n?x { ?s ?p ?o } }",
    "after what may be a comment": "SELECT * { ?s <http://x/#> ?o . SERVICE <U> { ?s ?p ?o } }",
    "after an escape in an IRI": "SELECT * { ?s <http://x/\\u0041#> ?o . SERVICE <U> { ?s ?p ?o } }",
    "in what may be a string": "SELECT * { ?a ?b ?c FILTER(?a<?b&&?c='>') SERVICE <U> { ?s ?p ?o } #'\n }",
    "in what may be a long string": "SELECT * { ?a ?b ?c FILTER(?a<?b#>'''\n) SERVICE <U> { ?s ?p ?o } #'''\n }",
    "after a string": "SELECT * { ?s ?p '''a'b''' . SERVICE <U> { ?s ?p ?o } }",
    "after a comment": "SELECT * { # a comment\rSERVICE <U> { ?s ?p ?o } }",
    "in EXISTS": "SELECT * { FILTER EXISTS { SERVICE <U> { ?s ?p ?o } } }",
    "in a subquery": "SELECT * { { SELECT ?s { SERVICE <U> { ?s ?p ?o } } } }",
    "escaped": "SELECT * { S\\u0045RVIC\\U00000045 <U> { ?s ?p ?o } }",
    "behind an escaped quote": 'SELECT * { ?s ?p "a\\u0022 . SERVICE <U> { ?s ?p "b" } }',
}


ONLY_ELSEWHERE = {"escaped", "behind an escaped quote"}
"""Calls only for a service that reads escapes before anything else."""


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS.keys())
def test_the_word_alone_is_harmless(text):
    check(text)
    assert "ServiceGraphPattern" not in repr(prepareQuery(text).algebra)  # rdflib reads no call in it either


@pytest.mark.parametrize("text", CALLS.values(), ids=CALLS.keys())
def test_a_call_is_refused(text):
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        check(text.replace("<U>", "<http://x/>"))


@pytest.mark.parametrize("name", CALLS)
def test_the_examples_are_calls(name):
    """Oxigraph reads each of them as a query, but for those that only work where escapes are read first."""
    text = CALLS[name].replace("<U>", "<http://127.0.0.1:1/>")
    if name in ONLY_ELSEWHERE:
        with pytest.raises(SyntaxError):
            pyoxigraph.Store().query(text)
        text = text.encode().decode("unicode_escape")
    pyoxigraph.Store().query(text)


def test_the_place_is_told():
    with pytest.raises(QueryError) as refusal:
        check("SELECT * {\n ?s ?p ?o .\n  SERVICE <http://x/> {} }")
    assert refusal.value.where == "line 3, column 3"


@pytest.mark.parametrize("name", CALLS)
def test_no_store_calls(store, name):
    """Nobody knocks at the address, whatever the text looks like."""
    knocks = []
    with socket.create_server(("127.0.0.1", 0)) as host:
        host.settimeout(0.2)

        def listen():
            try:
                host.accept()[0].close()
                knocks.append(name)
            except TimeoutError:
                pass

        listening = threading.Thread(target=listen)
        listening.start()
        with pytest.raises(QueryError):
            store.query(CALLS[name].replace("<U>", f"<http://127.0.0.1:{host.getsockname()[1]}/>"), frozenset())
        listening.join()
    assert not knocks


def test_size_and_depth_are_bounded():
    check("ASK " + "{" * DEEPEST + "}" * DEEPEST)
    with pytest.raises(QueryError, match="nest"):
        check("ASK " + "{" * (DEEPEST + 1))
    check("ASK {}".ljust(MOST_CHARACTERS))
    with pytest.raises(TooLarge):
        check("ASK {}".ljust(MOST_CHARACTERS + 1))


@pytest.mark.parametrize("part", ["a.", "<", "<a", "'", '"""', "\\u0022", "a:", "?a<?b)", "((", "#\n", "{}"])
def test_no_text_keeps_it_busy(part):
    """Time grows with the length alone; a pattern that goes back over what it read would take minutes here."""
    began = time.process_time()
    with contextlib.suppress(QueryError):
        check(part * (MOST_CHARACTERS // len(part)))
    assert time.process_time() - began < 5
