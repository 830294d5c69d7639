"""Agreement: whether what is known of a thing fits a value that somebody gives for it, in their own words."""

from collections.abc import Iterable, Sequence
from datetime import date

from rapidfuzz import fuzz

from graph.errors import InvalidParameter
from graph.tables.world import World
from graph.things.asked import Reference
from graph.things.properties import PLAIN, Plain, Property
from graph.things.spellings import Shelf, fold
from graph.things.types import ROOTS, Type, type_of
from ontology.vocabulary import codes, kinds

SAME = 90.0
"""From this likeness on, two names are taken for one."""
OTHER = 60.0
"""Below this likeness, two names are taken for names of different things."""


def likeness(text: str, other: str) -> float:
    """How alike two folded names are, from 0 to 100, and 100 only for equal ones.

    The highest of three: the share of letters in common; the same with the words sorted; and the same over the
    words in common, counted less the more words one of them has beyond the other.
    """
    if text == other:
        return 100.0
    if not text or not other:
        return 0.0
    shorter, longer = sorted((len(text), len(other)))
    held = fuzz.token_set_ratio(text, other) * (0.6 + 0.35 * shorter / longer)
    return min(99.0, max(fuzz.ratio(text, other), 0.98 * fuzz.token_sort_ratio(text, other), held))


class Agreement:
    """Compares given values with known ones, in the world of one reader. It remembers what it found: one a batch."""

    def __init__(self, world: World, shelf: Shelf) -> None:
        self._world = world
        self._shelf = shelf
        self._things: dict[tuple[str, str, str], bool | None] = {}

    def fits(
        self, asked: Property, given: Sequence[Reference | str], known: Sequence[Plain], types: Iterable[Type]
    ) -> bool | None:
        """True where one of the given values is one of the known ones, False where they differ, else None.

        None: nothing is known, or what was given means nothing here, so that it tells neither way.

        known  the thing's values of the property, as `plain_values` gives them
        types  the thing's own types
        """
        given = [value for value in given if isinstance(value, Reference) or value.strip()]
        if not given:
            return None
        if asked.gives == "class":
            return _any(self._of_type(value, types) for value in given)
        if not known:
            return None
        if asked.gives == "identifier":
            return self._identifier(asked, given, [str(value) for value in known])
        return _any(self._one(asked, value, one) for value in given for one in known)

    def identifies(self, asked: Property, value: Reference | str) -> list[str]:
        """Ids of the things that have this identifier, in the scheme of `asked` where it is of one."""
        return sorted(
            {
                spellings.ids[spelling.thing]
                for kind in ROOTS.values()
                for spellings in (self._shelf.of(self._world, kind),)
                for text in codings(asked, value)
                for spelling in spellings.exactly(text)
                if not spelling.is_name and asked.scheme in (None, spelling.use)
            }
        )

    def _identifier(self, asked: Property, given: Sequence[Reference | str], known: Sequence[str]) -> bool | None:
        own = {fold(value) for value in known}
        if any(fold(text) in own for value in given for text in codings(asked, value)):
            return True
        if asked.scheme or any(self.identifies(asked, value) for value in given):
            return False
        return None

    def _one(self, asked: Property, given: Reference | str, known: Plain) -> bool | None:
        if asked.gives not in PLAIN:
            id_ = str(known)
            if isinstance(given, Reference):
                return given.id == id_
            kind = id_.partition("/")[0]
            if kind in kinds():
                return _code(kind, given, id_)
            asked_before = (kind, given, id_)
            if asked_before not in self._things:
                self._things[asked_before] = self._thing(*asked_before)
            return self._things[asked_before]
        text = (given.name or given.id) if isinstance(given, Reference) else given.strip()
        if isinstance(known, date):
            return known.isoformat().startswith(text) if text[:4].isdigit() else None
        if isinstance(known, float):
            return _near(text, known)
        alike = likeness(fold(text), fold(known))
        return True if alike >= SAME else False if alike < OTHER else None

    def _thing(self, kind: str, given: str, id_: str) -> bool | None:
        """Whether a text names this thing; a text that names nothing here says nothing against it."""
        spellings = self._shelf.of(self._world, kind)
        folded, number = fold(given), spellings.number(id_)
        if given.strip() == id_:
            return True
        own = list(spellings.of(number)) if number is not None else []
        if any(one.text == folded or (one.is_name and likeness(folded, one.text) >= SAME) for one in own):
            return True
        return False if any(spellings.exactly(given)) else None

    @staticmethod
    def _of_type(given: Reference | str, types: Iterable[Type]) -> bool | None:
        try:
            return type_of(given.id if isinstance(given, Reference) else given).id in {type_.id for type_ in types}
        except InvalidParameter:
            names = {fold(type_.name) for type_ in types}
            return True if isinstance(given, str) and fold(given) in names else None


def codings(asked: Property, value: Reference | str) -> list[str]:
    """The texts by which an identifier may be written: spreadsheets take the leading zeros from codes of M49."""
    text = value.id if isinstance(value, Reference) else value
    return [text, text.zfill(3)] if asked.scheme == "m49" and text.isdecimal() else [text]


def _any(told: Iterable[bool | None]) -> bool | None:
    """True if any is; else None if any is unknown, so that one unknown word contradicts nobody."""
    found = list(told)
    return True if True in found else None if None in found or not found else False


def _code(kind: str, given: str, id_: str) -> bool | None:
    """Whether a text names this code, or one that is wider or narrower."""
    listed = codes(kind)
    folded = fold(given)
    named = [code for code in listed.values() if folded in (fold(code.notation), fold(code.label)) or given == code.id]
    if not named:
        return None
    by_id = {code.id: code for code in listed.values()}

    def above(code: str) -> set[str]:
        return {code, *(up for wider in by_id[code].broader if wider in by_id for up in above(wider))}

    return any(code.id in above(id_) or id_ in above(code.id) for code in named)


def _near(given: str, known: float) -> bool | None:
    """Degrees: the same within a tenth, another from one on."""
    try:
        apart = abs(float(given) - known)
    except ValueError:
        return None
    return True if apart <= 0.1 else False if apart >= 1 else None
