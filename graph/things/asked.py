"""What a reconciliation asks: a batch of queries, each a name, types and properties, read from JSON and bounded.

The form is that of the W3C Reconciliation Service API 0.2, https://reconciliation-api.github.io/specs/0.2/.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, TypeAdapter, ValidationError

from graph.errors import InvalidParameter, TooLarge

BATCH = 50
"""Queries in one batch."""
LONGEST = 500
"""Characters of a name or value."""
MOST = 50
"""Candidates of one query."""
USUAL = 10
"""Candidates of a query that sets no limit."""
IDS = 1000
"""Things whose properties are fetched at once."""

Text = Annotated[str, Field(max_length=LONGEST)]


class Reference(BaseModel):
    """A value that is itself a thing, matched before."""

    id: Text
    name: Text | None = None


Single = Reference | StrictBool | int | float | Text


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


class Constraint(BaseModel):
    """A property that the thing looked for should have, with the values it may take."""

    pid: Annotated[str, Field(max_length=100)]
    v: Annotated[list[Single], BeforeValidator(_listed), Field(max_length=20)]

    def values(self) -> list[Reference | str]:
        """Its values: things that were matched before, and texts. 762.0 is what a spreadsheet makes of 762."""
        return [value if isinstance(value, Reference) else _text(value) for value in self.v]


class Query(BaseModel):
    """One name to be matched, with what narrows it down.

    type_strict  any (the default): of one of the types; all: of each of them; should: another type lowers the score
    """

    model_config = ConfigDict(extra="forbid")

    query: Text | None = None
    type: Annotated[list[Annotated[str, Field(max_length=100)]], BeforeValidator(_listed), Field(max_length=20)] = []
    limit: Annotated[int, Field(ge=1)] = USUAL
    properties: Annotated[list[Constraint], Field(max_length=20)] = []
    type_strict: Literal["any", "should", "all"] = "any"


class Wanted(BaseModel):
    """A property to fetch; `settings` may limit the number of values."""

    id: Annotated[str, Field(max_length=100)]
    settings: dict[str, Any] = {}

    def most(self) -> int | None:
        """How many values at the most, or None for all. Raises InvalidParameter."""
        given = self.settings.get("limit") or 0
        try:
            most = int(given)
            if most < 0:
                raise ValueError
        except (TypeError, ValueError, OverflowError):
            raise InvalidParameter(
                f"the limit of {self.id} cannot be {str(given)[:40]!r}",
                parameter="extend",
                given=str(given)[:40],
                expected="a whole number; 0 for all values",
            ) from None
        return most or None


class Extension(BaseModel):
    """The things and the properties that are to be fetched of them."""

    model_config = ConfigDict(extra="forbid")

    ids: list[Annotated[str, Field(max_length=LONGEST)]]
    properties: Annotated[list[Wanted], Field(max_length=50)]


BATCHES = TypeAdapter(dict[Annotated[str, Field(max_length=100)], Query])


def read_queries(text: str) -> dict[str, Query]:
    """The batch of queries in a JSON text. Raises InvalidParameter, and TooLarge for more than `BATCH`."""
    queries: dict[str, Query] = _read(BATCHES, text, "queries", "an object of queries by name")
    if len(queries) > BATCH:
        raise TooLarge(
            f"there are {len(queries)} queries in one batch",
            parameter="queries",
            given=len(queries),
            expected=f"at most {BATCH}",
        )
    for name, query in queries.items():
        if query.query is None and not query.properties:
            raise InvalidParameter(
                f"queries.{name} asks for nothing",
                parameter="queries",
                given=name,
                expected="a text in `query`, or `properties`, or both",
                where=f"queries.{name}",
            )
    return queries


def read_extension(text: str) -> Extension:
    """The things and properties in a JSON text. Raises InvalidParameter, and TooLarge for more than `IDS` things."""
    extension: Extension = _read(TypeAdapter(Extension), text, "extend", "an object with `ids` and `properties`")
    if len(extension.ids) > IDS:
        raise TooLarge(
            f"there are {len(extension.ids)} ids",
            parameter="extend",
            given=len(extension.ids),
            expected=f"at most {IDS}",
        )
    return extension


def _read(form: TypeAdapter[Any], text: str, name: str, expected: str) -> Any:
    try:
        return form.validate_json(text)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        where = ".".join([name, *(str(step) for step in first["loc"])])[:200]
        if first["type"] == "json_invalid":
            raise InvalidParameter(
                f"{name} is not JSON: {first['msg']}", parameter=name, given=text[:100], expected=expected
            ) from None
        raise InvalidParameter(
            f"{where}: {first['msg']}",
            parameter=name,
            given=str(first["input"])[:100],
            expected=expected,
            where=where,
        ) from None


def _text(value: StrictBool | float | str) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)
