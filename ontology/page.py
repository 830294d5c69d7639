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
from ontology.vocabulary import Concept, concepts, kinds, load, modules

WHOLE = URIRef("https://w3id.org/concert/ns/concert")

LOOK = """<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>
:root {
  color-scheme: light dark;
  --ink: light-dark(#17212b, #e7eaed); --soft: light-dark(#4c5a67, #a9b4bf); --paper: light-dark(#f7f8f9, #12171d);
  --panel: light-dark(#fff, #1a2028); --line: light-dark(#d5dbe0, #323b46); --accent: light-dark(#0b5577, #7ec3e6);
}
body { padding: 1.5rem; color: var(--ink); background: var(--paper);
  font: 15px/1.5 "Segoe UI", "Helvetica Neue", "Noto Sans", Arial, "DejaVu Sans", sans-serif; }
#content { width: auto; max-width: 68rem; margin-right: 15rem; }
#pylode { display: none; }
:is(h1, h2, h3) { color: var(--ink); background: none; border-color: var(--line); line-height: 1.2; }
h1 { font: 600 2rem/1.2 Charter, "Noto Serif", Georgia, serif; }
h2 { font: 600 1.4rem/1.2 Charter, "Noto Serif", Georgia, serif; }
h3 { font: 650 1.05rem/1.3 inherit; }
:link, :visited, a:active { color: var(--accent); }
code, #profile, #content [class^="sup-"], .cardinality { color: var(--soft) !important; font-size: .85em; }
.entity { border: 1px solid var(--line); border-radius: 4px; background: var(--panel); padding: .25rem 1rem; }
.entity :is(th, td) { padding-bottom: .5rem; }
.entity dd pre, .entity td pre { white-space: pre-wrap; font: inherit; margin: 0; }
.hover_property { border: 0; }
:is(td, dd, li) a { display: inline-block; min-height: 24px; }
#toc { background: var(--panel); border-color: var(--line); color: var(--ink); width: 13rem; }
.which table { border-collapse: collapse; background: var(--panel); }
.which :is(th, td) { text-align: left; vertical-align: top; border: 1px solid var(--line); padding: .35rem .65rem; }
.which :is(th, td):nth-child(2) { width: 12rem; }
.home { margin: 0 0 1rem; }
@media (max-width: 60rem) {
  body { padding: 1rem; overflow-wrap: anywhere; }
  #content { margin-right: 0; }
  #toc { position: static; width: auto; height: 16rem; }
  .entity table, .entity tbody, .entity tr, .entity td, .entity th { display: block; width: auto; }
  .which :is(th, td) { padding: .3rem .4rem; }
  .which :is(th, td):nth-child(2) { width: 6rem; }
  #content pre { white-space: pre-wrap; }
}
@media print { #toc { display: none; } #content { margin-right: 0; max-width: none; } }
</style>
"""
"""pyLODE lays its page out for wide screens and light ground only; here it takes the look of the other pages."""


@cache
def html() -> str:
    """Return the page, the same text at every call. The first call takes about a second.

    A term has its local name as anchor (`#PersonsFlow`), a code its short id (`#domain/drugs`), a list
    its own (`#scheme/domain`).
    """
    lists = "\n".join(_code_list(kind) for kind in kinds())
    entries = "\n".join(f'<li><a href="#scheme/{kind}">{escape(_title(kind))}</a></li>' for kind in kinds())
    page = re.sub(r'(<a href="[^"]*") id="version">', r"\1>", _terms())  # pyLODE's own link takes con:version's anchor
    page = _before(page.replace("<html>", '<html lang="en">', 1), "</head>", LOOK)
    page = _before(page, '<div class="section" id="metadata">', '<p class="home"><a href="/">Concert</a></p>\n')
    page = _before(page, '<div class="section" id="classes">', _choosing())
    page = _before(
        page,
        '<li>\n          <h4>\n            <a href="#classes">',
        '<li>\n<h4><a href="#which">Which class for what</a></h4>\n</li>\n',
    )
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


def _choosing() -> str:
    """What a source may tell of, and the class that it belongs to: the examples of every class, a table a module."""
    graph = load()
    parts = []
    for module in modules():
        rows = [
            f'<tr><td>{"<br>".join(examples)}</td><td><a href="#{term.removeprefix(str(CON))}">'
            f"{escape(str(graph.value(term, RDFS.label)))}</a></td>"
            f"<td>{escape(str(graph.value(term, SKOS.definition)))}</td></tr>"
            for term in _own_terms()
            if (term, RDF.type, OWL.Class) in graph and (term, RDFS.isDefinedBy, URIRef(module.iri)) in graph
            if (examples := sorted(escape(str(value)) for value in graph.objects(term, SKOS.example)))
        ]
        if rows:
            head = "<tr><th>What the source tells of</th><th>Class</th><th>Which is</th></tr>"
            title = module.title.rpartition(": ")[2]
            table = "\n".join([head, *rows])
            parts.append(
                f"<h3>{escape(title[:1].upper() + title[1:])}</h3>\n<p>{escape(module.description)}</p>\n"
                f"<table>\n{table}\n</table>"
            )
    intro = (
        "Find something like what is before you; its class leads to all that can be said of it. What has no class "
        "here is mostly a code: what is done, for whom, in which role are in the "
        '<a href="#codelists">code lists</a>.'
    )
    listed = "\n".join(parts)
    return f'<div class="section which" id="which">\n<h2>Which class for what</h2>\n<p>{intro}</p>\n{listed}\n</div>\n'


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
