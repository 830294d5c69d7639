"""Parameters: what may be asked for, and how a text becomes a typed value.

Every error names the parameter, what came and what was expected.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from graph.errors import InvalidParameter
from graph.tables.world import World
from ontology.namespaces import ID

MAX_LIMIT = 10_000
DEFAULT_LIMIT = 100
TYPES = frozenset({"date", "integer", "number", "choice", "dataset"})
"""Types of parameters that name no thing and no code."""
WHOLE = re.compile(r"-?[0-9]{1,15}")
DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Parameter(BaseModel):
    """One parameter. `type` is date, integer, number, choice, or the kind of thing or code that it names."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    type: str
    about: str
    many: bool = False
    of: tuple[str, ...] = ()
    default: str | None = None
    low: int | None = None
    high: int | None = None


def _code(kind: str, about: str) -> Parameter:
    return Parameter(title=kind.capitalize(), type=kind, about=about, many=True)


COMMON: dict[str, Parameter] = {
    "place": _code("place", "ISO 3166 code, name or id of a place; what is recorded for a region that holds it counts"),
    "domain": _code("domain", "what is trafficked: persons, drugs, arms or a narrower domain"),
    "response": _code("response", "what is done, such as training or victim-support, with everything narrower"),
    "target": _code("target", "for whom, such as victims or police"),
    "actor": _code("actor", "name, acronym or id of an actor"),
    "role": _code("role", "the actor's role: funding, accountable, extending, implementing, host or partner"),
    "on": Parameter(title="On", type="date", about="only what is known to be active on this day"),
    "from": Parameter(title="From", type="date", about="only what is known to be active on this day or later"),
    "to": Parameter(title="To", type="date", about="only what is known to be active on this day or earlier"),
    "dataset": Parameter(title="Dataset", type="dataset", about="only what these datasets claim", many=True),
}

Level = Literal["within", "containing"]


def resolve(world: World, parameters: Mapping[str, Parameter], given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Typed values for every parameter in `parameters`; those not given take their default or None.

    Raises InvalidParameter for an unknown name, a repeated single value, a value of the wrong form, a thing
    that this world does not hold, a name that fits several things, and `from` after `to`.
    """
    for name, values in given.items():
        if name not in parameters:
            raise InvalidParameter(
                f"there is no parameter {name!r} here", parameter=name, given=name, expected=", ".join(parameters)
            )
        if len(values) > 1 and not parameters[name].many:
            raise InvalidParameter(
                f"{name} was given {len(values)} times", parameter=name, given=", ".join(values), expected="one value"
            )
    values_: dict[str, Any] = {}
    for name, parameter in parameters.items():
        texts = [text.strip() for text in given.get(name, ()) if text.strip()]
        if not texts and parameter.default is not None:
            texts = [parameter.default]
        found = [_value(world, name, parameter, text) for text in texts]
        values_[name] = (found or None) if parameter.many else (found[0] if found else None)
    start, end = values_.get("from"), values_.get("to")
    if start and end and start > end:
        raise InvalidParameter(
            f"from ({start}) is after to ({end})", parameter="from", given=str(start), expected=f"a day up to {end}"
        )
    return values_


def _value(world: World, name: str, parameter: Parameter, text: str) -> Any:
    if len(text) > 500:
        raise InvalidParameter(
            f"{name} is too long", parameter=name, given=text[:50] + "…", expected="at most 500 characters"
        )
    if CONTROL.search(text):
        shown = ascii(text)[1:-1]
        raise InvalidParameter(
            f"{name} has control characters", parameter=name, given=shown, expected="text without them"
        )
    match parameter.type:
        case "date":
            return _date(name, text)
        case "integer" | "number":
            return _number(name, parameter, text)
        case "choice":
            if text not in parameter.of:
                raise InvalidParameter(
                    f"{name} cannot be {text!r}",
                    parameter=name,
                    given=text,
                    expected="one of " + ", ".join(parameter.of),
                )
            return text
        case "dataset":
            if text not in world.datasets:
                raise InvalidParameter(
                    f"no dataset {text!r}", parameter=name, given=text, expected="one of " + ", ".join(world.datasets)
                )
            return text
        case kind:
            return find(world, kind, text, name)


def _date(name: str, text: str) -> date:
    try:
        if not DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidParameter(
            f"{name} is not a date: {text!r}", parameter=name, given=text, expected="a day such as 2003-05-14"
        ) from None


def _number(name: str, parameter: Parameter, text: str) -> int | float:
    low, high = parameter.low, parameter.high
    whole = parameter.type == "integer"
    value = (int(text) if whole else float(text)) if (WHOLE if whole else DECIMAL).fullmatch(text) else None
    if value is None or (low is not None and value < low) or (high is not None and value > high):
        bounds = [f"from {low}"] * (low is not None) + [f"up to {high}"] * (high is not None)
        raise InvalidParameter(
            f"{name} cannot be {text!r}",
            parameter=name,
            given=text,
            expected=" ".join(["a whole number" if whole else "a number", *bounds]),
        )
    return value


FIND = """
with wanted as (
    select lower(strip_accents($text)) as text, md5_number_lower(lower(strip_accents($text))) as folded_key
)
select id, min(rank) as rank
from (
    select id, 1 as rank from identifier join wanted using (folded_key) where lower(strip_accents(value)) = wanted.text
    union all
    select id, case use when 'label' then 2 else 3 end
    from name join wanted using (folded_key) where lower(strip_accents(name)) = wanted.text
    union all
    select id, 2 from concept, wanted where lower(label) = wanted.text
)
where starts_with(id, $kind || '/') or $kind = 'thing'
group by id
order by rank, id
limit 20
"""


def find(world: World, kind: str, text: str, name: str) -> str:
    """The short id of the one thing of `kind` that `text` names: by IRI, id, slug, identifier, label or alias.

    Raises InvalidParameter when none or several fit.
    """
    short = text.removeprefix(ID)
    id_ = short if "/" in short else f"{kind}/{short.lower()}"
    id_ = world.merged.get(id_, id_)
    if (id_.startswith(f"{kind}/") or kind == "thing") and world.knows(id_):
        return id_
    found = world.rows(FIND, {"text": text, "kind": kind})
    best = [row["id"] for row in found if row["rank"] == found[0]["rank"]]
    if len(best) == 1:
        return str(best[0])
    if best:
        raise InvalidParameter(
            f"{name}={text!r} fits several: {', '.join(best)}", parameter=name, given=text, expected="one of these ids"
        )
    raise InvalidParameter(
        f"{name}: no {kind} is known as {text!r}", parameter=name, given=text, expected=_expected(world, kind)
    )


def _expected(world: World, kind: str) -> str:
    codes = world.rows("select id from concept where scheme = $kind order by id", {"kind": kind})
    if codes:
        return "one of " + ", ".join(row["id"].partition("/")[2] for row in codes)
    if kind == "place":
        return "an ISO 3166 code such as TJ, a name such as Tajikistan, or an id such as place/tj"
    return f"a name, acronym or id of a {kind}; /api/search?q= finds it"
