"""Elements of an XML file one after another: no entities, nothing fetched, nothing kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from graph.errors import InvalidData

Element = etree._Element


def elements(file: Path, root: str, *tags: str) -> Iterator[Element]:
    """Every element of the file with one of these `tags`, each emptied once the next is asked for.

    root  the element that holds them; it may stand inside another, as answers of query services have it.
    Raises InvalidData for a file that is cut off, in another encoding than it says, no XML, no `root`, or one
    that declares a document type: that is where entities come from, and IATI has none.
    """
    with file.open("rb") as source:
        try:
            yield from _elements(source, file.name, root, tags)
        except etree.XMLSyntaxError as error:
            raise InvalidData(
                f"{file.name} is not whole XML: {error.msg}",
                where=f"{file.name} line {error.lineno}" if error.lineno else file.name,
                expected=f"<{root}> to its end",
            ) from error


def _elements(source: BinaryIO, name: str, root: str, tags: tuple[str, ...]) -> Iterator[Element]:
    reader = etree.iterparse(
        source,
        tag=tags,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    found = None
    for _, element in reader:
        if found is None:
            _check(element, name, root)
        found = element
        yield element
        _forget(element)
    if found is None:
        _check(reader.root, name, root)


def children(element: Element, *names: str) -> dict[str, list[Element]]:
    """The elements in an element, by their name; only those of some names, or all."""
    found: dict[str, list[Element]] = {}
    for child in element.iterchildren(*names):
        found.setdefault(str(child.tag), []).append(child)
    return found


def attribute(element: Element, name: str) -> str:
    """The value of an attribute without space around it, empty where it is missing."""
    return (element.get(name) or "").strip()


def _forget(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _check(element: Element, name: str, root: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise InvalidData(
            f"{name} declares a document type, which may hold entities",
            where=name,
            expected="XML without <!DOCTYPE",
        )
    if element.tag != root and next(element.iterancestors(root), None) is None and element.find(f".//{root}") is None:
        raise InvalidData(f"{name} holds no <{root}>", where=name, given=f"<{element.tag}>", expected=f"<{root}>")
