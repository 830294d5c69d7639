"""How an activity stands to others: the whole that it is part of, its parts, and records of the same effort."""

from graph.readers.iati.codes import translated
from graph.readers.iati.ids import escaped
from graph.readers.iati.reading import Reading
from graph.readers.iati.stated import Stated
from graph.readers.iati.terms import OF_PROGRAMME, OTHER_PROGRAMME, PART_OF, RELATION, RELATION_KIND, Node, last
from graph.readers.iati.values import Refused
from graph.readers.iati.xml import Element, attribute
from ontology.namespaces import ID

PARENT, CHILD = "1", "2"
PART = f"<{ID}relation-kind/part-of>"
THROUGH = f"<{ID}relation-kind/funded-through>"
SAME = f"<{ID}relation-kind/same-effort>"


class Relations:
    """The relations between the activities of one file."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def related(self, element: Element, me: str, stated: Stated) -> None:
        """State what a `related-activity` of the activity `me` says. Raises Refused."""
        other, type_ = attribute(element, "ref"), attribute(element, "type")
        if not other or other == me:
            raise Refused("@ref", other, "the identifier of another activity")
        if type_ == PARENT:
            self._part(me, other, stated)
        elif type_ == CHILD:
            self._part(other, me, stated)
        else:
            kind = translated("RelatedActivityType").get(type_)
            if kind is None or kind == PART_OF:
                raise Refused("@type", type_, "a code of the list RelatedActivityType")
            self._relate(me, other, kind, stated)

    def participant(self, me: str, other: str, role: Node, stated: Stated) -> None:
        """State the record that a participant names as its own: a funder's is what pays, another's the same effort."""
        if other and other != me:
            self._relate(me, other, THROUGH if last(role) == "funding" else SAME, stated)

    def _part(self, part: str, whole: str, stated: Stated) -> None:
        """A thing is part of one whole at most: the first that is named. Any other is a relation."""
        seen = self._reading.seen
        if seen.known("whole", whole) == part:
            raise Refused("@ref", whole, f"an activity that is not itself part of {part}")
        named = seen.known("whole", part)
        if named is None:
            seen.keep("whole", part, whole)
            stated.add(self._reading.programme(part, stated), PART_OF, self._reading.programme(whole, stated))
        elif named != whole:
            self._relate(part, whole, PART, stated)

    def _relate(self, one: str, other: str, kind: Node, stated: Stated) -> None:
        slug = f"{escaped(one)}--{last(kind)}--{escaped(other)}"
        if self._reading.seen.first("relation", slug):
            node = self._reading.own("relation", slug)
            stated.claim(node, RELATION)
            stated.add(node, OF_PROGRAMME, self._reading.programme(one, stated))
            stated.add(node, RELATION_KIND, kind)
            stated.add(node, OTHER_PROGRAMME, self._reading.programme(other, stated))
