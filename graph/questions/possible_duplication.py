"""Possible duplication: pairs of efforts class by class, those that may do the same unknown to each other first."""

from graph.questions.overlaps import answer as find
from graph.questions.pairs import COORDINATED, DUPLICATING, UNDETERMINED, Found
from graph.questions.query import Query
from graph.tables.world import World

CLASSES = (DUPLICATING, UNDETERMINED, COORDINATED)


def answer(world: World, query: Query, limit: int, offset: int) -> Found:
    """The rows `offset` to `offset + limit`, of the verdicts asked for."""
    asked = query.values.get("verdict")
    return find(world, query, limit, offset, [verdict for verdict in CLASSES if not asked or verdict in asked])
