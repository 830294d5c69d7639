"""The legs of a flow from the places that a row names."""

from collections.abc import Sequence


def legs(
    origins: Sequence[str], transits: Sequence[str], destinations: Sequence[str]
) -> list[tuple[str, str, str | None]]:
    """(place, role, next place) of each leg, in order; places come in the order in which they are passed.

    The first origin and the last destination keep their role; a place that is named twice is passed once, as origin
    or destination where it is one. A place alone, of which neither is known, is no route.
    """
    if not origins and not destinations:
        return []
    first = origins[0] if origins else None
    last = next((place for place in reversed(destinations) if place != first), None)
    between = [place for place in (*origins, *transits, *destinations) if place not in (first, last)]
    order = [place for place in (first, *dict.fromkeys(between), last) if place is not None]
    following = [*order[1:], None]
    roles = {first: "origin", last: "destination"}
    return [(place, roles.get(place, "transit"), onward) for place, onward in zip(order, following, strict=True)]
