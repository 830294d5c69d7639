"""What a file is of, in words: the filters that were set, and the datasets that may be in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.questions.answer import Answer, labels_of
from graph.questions.parameters import Parameter
from graph.tables.world import World

DATASETS = """
select
    dataset as name, min(title) as title, min(publisher) as publisher, min(issued) as issued,
    min(licence) as licence, split_part(min(handling), '/', 2) as handling
from dataset_description
where id = 'dataset/' || dataset
group by dataset
order by dataset
"""


@dataclass(frozen=True)
class Stamp:
    """`filters` as a reader sees them; `datasets` in words, and the `versions` of the same: name -> version."""

    filters: tuple[str, ...]
    datasets: tuple[str, ...]
    versions: Mapping[str, str]


def stamp(world: World, answer: Answer) -> Stamp:
    """The stamp of an answer that this world gave."""
    known, asked = answer.question.parameters, answer.parameters
    chosen = asked.get("dataset")
    told = datasets_of(world, chosen)
    return Stamp(
        tuple(filters_of(world, known, {name: value for name, value in asked.items() if name in known})),
        tuple(cited(each) for each in told),
        {each["name"]: each["version"] for each in told},
    )


def filters_of(world: World, known: Mapping[str, Parameter], values: Mapping[str, Any]) -> list[str]:
    """Title and value of every parameter that was set to something other than its default."""
    chosen = {name: value for name, value in values.items() if value is not None and value != known[name].default}
    listed = {name: value if isinstance(value, list) else [value] for name, value in chosen.items()}
    labels = labels_of(world, {part for parts in listed.values() for part in parts if isinstance(part, str)})
    return [
        f"{known[name].title}: {', '.join(_read(part, labels) for part in parts)}" for name, parts in listed.items()
    ]


def _read(part: Any, labels: Mapping[str, str]) -> str:
    return part.isoformat() if isinstance(part, date) else labels.get(part, str(part))


def datasets_of(world: World, chosen: Sequence[str] | None) -> list[dict[str, Any]]:
    """What stamps say of the datasets: name, version, title, publisher, day of issue, licence and handling."""
    return [
        {"name": row["name"], "version": world.datasets[row["name"]]}
        | {name: value for name, value in row.items() if value and name != "name"}
        for row in world.rows(DATASETS)
        if not chosen or row["name"] in chosen
    ]


def cited(dataset: Mapping[str, Any]) -> str:
    """One of `datasets_of` in a line."""
    told = (dataset.get(name) for name in ("title", "publisher", "issued", "version", "licence"))
    return ", ".join(str(part) for part in told if part is not None)
