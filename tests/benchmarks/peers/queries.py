"""The queries of the peers: one file a question and a language, with lines for parameters that may not be given.

A question may have another file for a parameter (`programmes.actor.rq`) where that is how one would write it.
"""

import re
from pathlib import Path

from ontology.namespaces import ID
from tests.benchmarks.cases import Case

HERE = Path(__file__).parent
OPTIONAL = re.compile(r"\s*(?:--|#|//) if (not )?([a-z_]+)$")
"""The end of a line that is there only when a parameter is given, or only when it is not; `none`: when none is."""
PARAMETER = re.compile(r"\$([a-z_]+)")
PREFIXES = f"""BASE <{ID}>
PREFIX con: <https://w3id.org/concert/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def answers(language: str, question: str) -> bool:
    """Whether there is a query for the question in `sql`, `rq` or `cypher`."""
    return (HERE / f"{question}.{language}").exists()


def query(language: str, case: Case) -> str:
    """The query for the case: a file of its own for its first parameter, or the question's.

    Lines that are for other parameters are left out.
    """
    own = [file for name in case.given if (file := HERE / f"{case.question}.{name}.{language}").exists()]
    kept = []
    for line in [*own, HERE / f"{case.question}.{language}"][0].read_text(encoding="utf-8").splitlines():
        told = OPTIONAL.search(line)
        if told is None:
            kept.append(line)
        elif ((told[2] in case.given) if told[2] != "none" else not case.given) != bool(told[1]):
            kept.append(line[: told.start()])
    return "\n".join(kept)


def sparql(case: Case, counted: bool) -> str:
    """The query in SPARQL with the case's ids and days as terms; `counted` only asks how many rows there are."""
    text = PARAMETER.sub(lambda name: _term(case.given[name[1]]), query("rq", case))
    return f"{PREFIXES}SELECT (COUNT(*) AS ?total) WHERE {{ {{\n{text}\n}} }}" if counted else PREFIXES + text


def _term(value: str) -> str:
    return f"<{ID}{value}>" if "/" in value else f'"{value}"'


def cypher(case: Case, counted: bool) -> str:
    """The query in Cypher; `counted` only asks how many rows there are."""
    text = query("cypher", case)
    if not counted:
        return text
    before, returned, columns = text.rpartition("\nRETURN ")
    assert returned, case.question
    return f"{before}\nWITH {columns}\nRETURN count(*) AS total"


def bound(case: Case, text: str, **others: object) -> dict[str, object]:
    """The parameters that the text mentions."""
    known = {**case.given, **others}
    return {name: known[name] for name in set(PARAMETER.findall(text))}
