"""The ontology as a page for people: its terms as pyLODE lays them out, and the code lists beside them.

The page is one file that loads nothing: styles and icons are inside it, other hosts occur only as links.
"""

import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef

from ontology.namespaces import CON, ID
from ontology.vocabulary import Concept, concepts, kinds, load

WHOLE = URIRef("https://w3id.org/concert/ns/concert")

NARROW = """<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
@media (max-width: 50rem) {
  body { padding: 1rem; overflow-wrap: anywhere; }
  #content { width: auto; }
  #toc { position: static; width: auto; height: 16rem; }
  #pylode { display: none; }
  #content table, #content tbody, #content tr, #content td, #content th { display: block; width: auto; }
  #content pre { white-space: pre-wrap; }
}
</style>
"""
"""pyLODE lays its page out for wide screens only."""


@cache
def html() -> str:
    """Return the page, the same text at every call. The first call takes about a second.

    A term has its local name as anchor (`#PersonsFlow`), a code its short id (`#domain/drugs`), a list
    its own (`#scheme/domain`).
    """
    lists = "\n".join(_code_list(kind) for kind in kinds())
    entries = "\n".join(f'<li><a href="#scheme/{kind}">{escape(_title(kind))}</a></li>' for kind in kinds())
    page = re.sub(r'(<a href="[^"]*") id="version">', r"\1>", _terms())  # pyLODE's own link takes con:version's anchor
    page = _before(page.replace("<html>", '<html lang="en">', 1), "</head>", NARROW)
    page = _before(page, '<div id="namespaces">', f'{_datatypes()}\n<h2 id="codelists">Code Lists</h2>\n{lists}\n')
    return _before(
        page,
        '<li>\n          <h4>\n            <a href="#namespaces">',
        '<li>\n<h4><a href="#datatypes">Datatypes</a></h4>\n</li>\n'
        f'<li>\n<h4><a href="#codelists">Code Lists</a></h4>\n<ul class="second">\n{entries}\n</ul>\n</li>\n',
    )


def _terms() -> str:
    with _logging_kept(), TemporaryDirectory() as scratch:
        import pylode.utils
        from pylode import OntPub

        # pyLODE keeps a pickle beside its own files, where an installed program may not write.
        home = pylode.utils.RDF_FOLDER
        copies = Path(scratch) / "rdf"
        shutil.copytree(home, copies, ignore=shutil.ignore_patterns("*.pickle"))
        pylode.utils.RDF_FOLDER = copies
        try:
            layout = OntPub(_one_ontology(), sort_subjects=True)
            layout.fids.update({str(term): term.removeprefix(str(CON)) for term in _own_terms()})
            return str(layout.make_html())
        finally:
            pylode.utils.RDF_FOLDER = home


def _one_ontology() -> Graph:
    """Return Concert's own terms under one heading: pyLODE documents one ontology a page."""
    whole, graph = load(), Graph()
    for prefix, namespace in sorted(whole.namespaces()):
        graph.bind(prefix, namespace)
    for predicate, value in whole.predicate_objects(WHOLE):
        if predicate != OWL.imports:
            graph.add((WHOLE, predicate, value))
    for term in _own_terms():
        graph += whole.triples((term, None, None))
    return graph


def _own_terms() -> list[URIRef]:
    subjects = {subject for subject in load().subjects(RDFS.isDefinedBy) if isinstance(subject, URIRef)}
    return sorted(subject for subject in subjects if subject.startswith(str(CON)))


def _datatypes() -> str:
    graph = load()
    rows = [
        f'<tr id="{term.removeprefix(str(CON))}"><td><code>{term}</code></td>'
        f"<td>{escape(str(graph.value(term, SKOS.definition)))}</td>"
        f"<td>{escape(str(graph.value(term, SKOS.example) or ''))}</td></tr>"
        for term in _own_terms()
        if (term, RDF.type, RDFS.Datatype) in graph
    ]
    head = "<tr><th>IRI</th><th>Definition</th><th>Example</th></tr>"
    return '<h2 id="datatypes">Datatypes</h2>\n<table class="entity">\n' + "\n".join([head, *rows]) + "\n</table>"


def _code_list(kind: str) -> str:
    graph = load()
    note = escape(str(graph.value(ID[f"scheme/{kind}"], DCTERMS.description)))
    rows = "\n".join(_code(concept, depth) for concept, depth in _by_tree(kind))
    return (
        f'<div class="entity" id="scheme/{kind}">\n<h3>{escape(_title(kind))}</h3>\n<p>{note} '
        f"<code>{ID}{kind}/</code></p>\n<table>\n"
        f"<tr><th>Code</th><th>Label</th><th>Definition</th></tr>\n{rows}\n</table>\n</div>"
    )


def _code(concept: Concept, depth: int) -> str:
    return (
        f'<tr id="{concept.id}"><td><code>{"– " * depth}{concept.notation}</code></td>'
        f"<td>{escape(concept.label)}</td><td>{escape(concept.definition)}</td></tr>"
    )


def _by_tree(kind: str, parent: str = "", depth: int = 0) -> Iterator[tuple[Concept, int]]:
    for concept in concepts():
        if concept.scheme == kind and "".join(concept.broader[:1]) == parent:
            yield concept, depth
            yield from _by_tree(kind, concept.id, depth + 1)


def _title(kind: str) -> str:
    return str(load().value(ID[f"scheme/{kind}"], DCTERMS.title))


def _before(page: str, mark: str, addition: str) -> str:
    if page.count(mark) != 1:
        raise ValueError(f"pyLODE's page has changed: it holds {mark!r} {page.count(mark)} times")
    return page.replace(mark, addition + mark)


@contextmanager
def _logging_kept() -> Iterator[None]:
    """Undo what importing pyLODE does to the root logger, which is to set it to DEBUG for the whole program."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    try:
        yield
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers
