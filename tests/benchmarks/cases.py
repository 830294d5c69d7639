"""What is asked: each question with the parameter sets that every system answers alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field

AS_OF = "2024-07-15"
PLANTED = "place/w-gaps"


@dataclass(frozen=True)
class Case:
    """One question with its parameters, whose values are short ids or plain values."""

    question: str
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The case as one would type it: `gaps place=place/w-c6`."""
        return " ".join([self.question, *(f"{name}={value}" for name, value in self.given.items())])


def cases(programmes: int, place: str | None = None, as_of: str = AS_OF) -> list[Case]:
    """Every case for a world of that many programmes.

    The country is one of the upper quarter by how much is done there. Worlds of 50,000 and more all have 200 countries,
    so that they are asked for the same one. Another `place` and another day, `as_of`, can be asked for instead.
    """
    country = {"place": place or f"place/w-c{min(200, 12 + programmes // 250) // 4}"}
    drugs, actor, day = {"domain": "domain/drugs"}, {"actor": "actor/w-o3"}, {"as_of": as_of}
    asked: list[tuple[str, dict[str, str]]] = [
        ("who-works-where", {}),
        ("who-works-where", country),
        ("who-works-where", country | drugs),
        ("who-works-where", actor),
        ("presence-matrix", {}),
        ("presence-matrix", country),
        ("programmes", {}),
        ("programmes", country | drugs),
        ("programmes", actor),
        ("overlaps", country),
        ("overlaps", country | drugs),
        ("possible-duplication", country),
        ("gaps", {}),
        ("gaps", {"place": PLANTED}),
        ("fragmentation", {}),
        ("fragmentation", country),
        ("ending-soon", day),
        ("ending-soon", country | day),
        ("actor-portfolio", {}),
        ("actor-portfolio", actor),
        ("flows", {}),
        ("flows", drugs),
        ("figures", {}),
        ("figures", country),
        ("mandates", {}),
        ("mandates", drugs),
        ("commitments", {}),
        ("cross-domain", {}),
        ("supply-demand-balance", {}),
        ("evidence-gaps", {}),
        ("evidence-gaps", drugs),
    ]
    return [Case(question, given) for question, given in asked]
