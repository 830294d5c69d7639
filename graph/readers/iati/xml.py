"""Elements of an XML file one after another: no entities, nothing fetched, nothing kept."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from graph.errors import InvalidData

Element = etree._Element


READ = 1 << 20
"""Bytes that are read at once, and after which it is told how far one is."""


def _unseen(share: float) -> None:
    """Nobody watches."""


def elements(file: Path, root: str, *tags: str, advance: Callable[[float], None] = _unseen) -> Iterator[Element]:
    """Every element of the file with one of these `tags`, each emptied once the next is asked for.

    advance  is told the share of the file that was read
    root  the element that holds them; it may stand inside another, as answers of query services have it.
    Raises InvalidData for a file that is cut off, in another encoding than it says, no XML, no `root`, or one
    that declares a document type: that is where entities come from, and IATI has none.
    """
    with file.open("rb") as source:
        try:
            yield from _elements(_Told(source, advance), file.name, root, tags)
        except etree.XMLSyntaxError as error:
            if "entit" in str(error.msg).lower():
                raise _entities(file.name) from error
            raise InvalidData(
                f"{file.name} is not whole XML: {error.msg}",
                where=f"{file.name} line {error.lineno}" if error.lineno else file.name,
                expected=f"<{root}> to its end",
            ) from error


class _Told:
    """A file that tells how far it was read."""

    def __init__(self, source: BinaryIO, advance: Callable[[float], None]) -> None:
        self._source, self._advance, self._done, self._told = source, advance, 0, 0
        self._size = max(1, os.fstat(source.fileno()).st_size)

    def read(self, size: int) -> bytes:
        """The next bytes."""
        block = self._source.read(size)
        self._done += len(block)
        if self._done - self._told >= READ or not block:
            self._told = self._done
            self._advance(self._done / self._size)
        return block


def _elements(source: _Told, name: str, root: str, tags: tuple[str, ...]) -> Iterator[Element]:
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
    for child in element.iterchildren(*names) if names else element:
        name = child.tag
        if name in found:
            found[name].append(child)
        else:
            found[name] = [child]
    return found


def attribute(element: Element, name: str) -> str:
    """The value of an attribute without space around it, empty where it is missing."""
    value = element.get(name)
    return value.strip() if value else ""


def _forget(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _entities(name: str) -> InvalidData:
    return InvalidData(
        f"{name} declares a document type, which may hold entities", where=name, expected="XML without <!DOCTYPE"
    )


def _check(element: Element, name: str, root: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise _entities(name)
    if element.tag != root and next(element.iterancestors(root), None) is None and element.find(f".//{root}") is None:
        raise InvalidData(f"{name} holds no <{root}>", where=name, given=f"<{element.tag}>", expected=f"<{root}>")
