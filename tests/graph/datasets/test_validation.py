"""The screen changes nothing but the time: what it lets by, pySHACL finds no fault with."""

import random
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

import graph.datasets.validation as validation
import graph.datasets.workspace as workspace
from graph.datasets.constraints import rules
from graph.datasets.rules import Rule
from graph.datasets.snapshot import CLAIMS, write_claims
from graph.datasets.validation import violations
from graph.library import Library
from graph.readers import Log
from graph.readers.rdf import read_blocks
from ontology.namespaces import CON, ID
from ontology.validation import SHAPES, Violation, data_shapes, validate
from tests.benchmarks.world import make_world
from tests.graph.datasets.conftest import Check, whole

PAIRS = Path(__file__).parents[2] / "ontology" / "shapes"
FILES = sorted(PAIRS.glob("*.ttl"))
KINDS = sorted({type(rule) for rule in rules(data_shapes())}, key=lambda kind: kind.__name__)

XSD = "http://www.w3.org/2001/XMLSchema#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def blocks(file: Path) -> list[bytes]:
    return list(read_blocks(file, Log()))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_examples_are_judged_alike(file: Path, both: Check) -> None:
    screened, plain = both(blocks(file))
    assert screened == plain
    if file.name.endswith(".fail.ttl") and file.stem.partition(".")[0] not in ("codes", "hygiene"):
        assert plain


def test_there_are_examples_of_all_shapes() -> None:
    assert {file.name.partition(".")[0] for file in FILES} == {file.stem for file in SHAPES.glob("*.ttl")}


def test_what_is_shipped_is_judged_alike(shipped: Library) -> None:
    for name, manifest in shipped.datasets().items():
        claims = shipped.home.folder(name, manifest.version) / CLAIMS
        assert list(violations(claims)) == validate(whole(claims)) == []


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> list[ox.Triple]:
    """A made-up world of every kind of thing, as claims."""
    folder = tmp_path_factory.mktemp("made") / "world"
    make_world(folder, 30, 1)
    files = [folder / name / "claims.nt" for name in ("world-reference", "world-a", "world-b")]
    quads = [quad for file in files for quad in ox.parse(path=str(file), format=ox.RdfFormat.N_TRIPLES)]
    return [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]


OTHERS = (
    ox.Literal("Write to desk@example.org"),
    ox.Literal("Ring +41 22 000 00 00", language="en"),
    ox.Literal("Dr Example", language="en"),
    ox.Literal('a "quoted"\\ text\n.', language="de"),
    ox.Literal("1e3", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("-5", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("007.50", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("many", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("3", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("2003-02-30", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("1871-05-14", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("2903-05-14Z", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("2003-13", datatype=ox.NamedNode(XSD + "gYearMonth")),
    ox.Literal("1700", datatype=ox.NamedNode(XSD + "gYear")),
    ox.Literal("2003-05-14T00:00:00Z", datatype=ox.NamedNode(XSD + "dateTime")),
    ox.Literal("XX"),
    ox.Literal("EUR"),
    ox.NamedNode(ID + "place/atlantis"),
    ox.NamedNode(ID + "actor/nobody"),
    ox.NamedNode(ID + "domain/persons"),
    ox.NamedNode(ID + "domain/unheard-of"),
    ox.NamedNode(ID + "role/implementing"),
    ox.NamedNode(ID + "place/a/b"),
    ox.NamedNode("https://example.org/elsewhere"),
    ox.NamedNode(CON + "Complete"),
)
CLASSES = [str(CON[name]) for name in ("Unit", "Place", "Source", "Claim", "Leg", "Observation", "State", "Training")]
CLASSES += ["http://xmlns.com/foaf/0.1/Person", "https://example.org/Unknown"]


def changed(claims: list[ox.Triple], dice: random.Random) -> list[ox.Triple]:
    """The claims with one in two hundred of them changed, each in one of several ways."""
    stated = defaultdict(list)
    for claim in claims:
        stated[claim.predicate.value].append(claim)
    chosen = [dice.choice(stated[name]) for name in sorted(stated) for _ in range(4)]
    chosen += dice.sample(claims, len(claims) // 200)
    lost, gained = set(), []
    for claim in dict.fromkeys(chosen):
        subject, predicate, object_ = claim.subject, claim.predicate, claim.object
        match dice.randrange(6):
            case 0:
                lost.add(claim)
            case 1:
                gained.append(ox.Triple(subject, predicate, dice.choice(stated[predicate.value]).object))
            case 2:
                lost.add(claim)
                gained.append(ox.Triple(subject, predicate, dice.choice(OTHERS)))
            case 3:
                gained.append(ox.Triple(subject, predicate, dice.choice(OTHERS)))
            case 4:
                gained.append(ox.Triple(subject, ox.NamedNode(TYPE), ox.NamedNode(dice.choice(CLASSES))))
            case 5:
                gained += [claim, ox.Triple(subject, ox.NamedNode(dice.choice(sorted(stated))), object_)]
    return [claim for claim in claims if claim not in lost] + gained


@pytest.mark.parametrize("seed", range(4))
def test_a_world_with_faults_is_judged_alike(world: list[ox.Triple], both: Check, seed: int) -> None:
    screened, plain = both(changed(world, random.Random(seed)))
    assert screened == plain
    assert len({violation.message for violation in plain}) > 20


def test_a_world_without_faults_has_nobody_to_judge(
    world: list[ox.Triple], both: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "_chunks", lambda lines: iter([] if not list(lines) else [pytest.fail("judged")]))
    assert both(world) == ([], [])


def test_codes_and_classes_of_the_dataset_itself_count_wherever_they_stand(
    both: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "CHUNK", 1)  # every subject by itself
    turtle = """
        @prefix con: <https://w3id.org/concert/ns#> . @prefix id: <https://w3id.org/concert/id/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://example.org/a> con:domain <https://example.org/own> , "desk@example.org" .
        <https://example.org/own> a con:Domain ; skos:broader <https://example.org/wider> .
        <https://example.org/wider> a con:Domain ; skos:broader <https://w3id.org/concert/id/domain/persons> .
        <https://example.org/f> a con:PersonsFlow ; con:domain <https://example.org/own> .
        con:Odd rdfs:subClassOf con:Actor .
        <https://example.org/z> a con:Odd .
    """
    quads = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    screened, plain = both([ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads])
    assert screened == plain
    assert {(one.focus.rpartition("/")[2], one.message) for one in plain} >= {
        ("z", "An actor needs a name."),
        ("f", "A flow needs a name."),
        ("a", "A domain is a code of the list of domains."),
    }
    assert "A flow of persons needs a domain among persons." not in {one.message for one in plain}


TWO_NAMES = """
    <https://example.org/a> a <https://w3id.org/concert/ns#Unit> ;
        <http://www.w3.org/2000/01/rdf-schema#label> "One"@en , "Two"@EN .
"""


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[Violation]]:
    """A snapshot of claims that break every rule, each subject one or few of them, and all its violations."""
    folder = tmp_path_factory.mktemp("failing")
    files = [file for file in FILES if file.name.endswith(".fail.ttl")]
    own = ox.serialize(ox.parse(TWO_NAMES, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES)
    write_claims(folder, "failing", [block for file in files for block in blocks(file)] + [own or b""])
    return folder / CLAIMS, set(violations(folder / CLAIMS))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_without_the_rules_of_a_kind_something_is_missed(
    kind: type[Rule], failing: tuple[Path, set[Violation]], monkeypatch: pytest.MonkeyPatch
) -> None:
    claims, found = failing
    kept = [rule for rule in rules(data_shapes()) if type(rule) is not kind]
    monkeypatch.setattr(validation, "rules", lambda shapes: kept)
    assert set(violations(claims)) < found


def test_how_far_it_is_is_told(both: Check, tmp_path: Path) -> None:
    both(blocks(PAIRS / "actors.fail.ttl"))
    told: list[float] = []
    assert list(violations(tmp_path / CLAIMS, told.append))
    assert told == sorted(told)
    assert told[0] == 0
    assert told[-1] == 1


def test_a_large_snapshot_is_judged_alike(both: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "SMALL", 0)  # it lies on the disk then
    screened, plain = both(blocks(PAIRS / "actors.fail.ttl"))
    assert screened == plain != []


@pytest.mark.parametrize("small", [0, 1_000_000])
def test_nothing_is_left_behind(both: Check, tmp_path: Path, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "SMALL", small)
    both(blocks(PAIRS / "actors.fail.ttl"))
    assert [file.name for file in tmp_path.iterdir()] == [CLAIMS]


def test_a_graph_of_other_shapes_can_be_asked(both: Check) -> None:
    shapes = Graph().parse(SHAPES / "people.ttl")
    screened, plain = both(blocks(PAIRS / "actors.fail.ttl"), shapes)
    assert screened == plain
