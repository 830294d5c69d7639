"""Merging: identifiers and judgements join, names never do, a rejection splits, contradictions are told."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from graph.identity.actors import make_profile
from graph.identity.comparison import Profile
from graph.identity.judgements import Judgement, ordered
from graph.identity.merging import MOST, Merging, keep, merge

START = datetime(2024, 5, 1, tzinfo=UTC)


def judged(number: int, one: str, other: str, decision: str) -> Judgement:
    first, second = ordered(f"actor/{one}", f"actor/{other}")
    return Judgement(f"judgement/{number}", first, second, decision, "desk", START + timedelta(number), "Because.")


def body(slug: str, iati: str | None = None, kind: str | None = None, part_of: str | None = None) -> Profile:
    identifiers = [("iati-organisation", iati)] if iati else []
    above = [f"actor/{part_of}"] if part_of else []
    return make_profile(f"actor/{slug}", [(slug, "label")], identifiers=identifiers, kind=kind, part_of=above)


def groups(merging: Merging) -> list[tuple[str, ...]]:
    return [tuple(id_.removeprefix("actor/") for id_ in group) for group in merging.members.values()]


def test_identifiers_that_agree_merge_by_themselves_whatever_their_case() -> None:
    found = merge([body("a", "GB-CHC-1"), body("x.b", "gb-chc-1"), body("c", "GB-CHC-2")], [])
    assert found.kept == {"actor/x.b": "actor/a"}
    assert found.because == {("actor/a", "actor/x.b"): "both carry iati-organisation GB-CHC-1"}
    assert found.contradictions == ()


def test_equal_names_do_not_merge() -> None:
    same = [make_profile(f"actor/{slug}", [("One Name", "label")]) for slug in ("a", "b")]
    assert merge(same, []).kept == {}


def test_a_judgement_merges_and_taking_it_back_leaves_what_was_before() -> None:
    bodies = [body("a", "GB-CHC-1"), body("b", "GB-CHC-1"), body("c")]
    before = merge(bodies, [])
    during = merge(bodies, [judged(1, "b", "c", "same")])
    assert groups(before) == [("a", "b")]
    assert groups(during) == [("a", "b", "c")]
    assert merge(bodies, []) == before


def test_the_id_that_stays_is_one_without_a_prefix_then_the_first() -> None:
    assert keep(["actor/aid.iom", "actor/iom"]) == "actor/iom"
    assert keep(["actor/b", "actor/a"]) == "actor/a"


def test_a_rejection_splits_what_an_identifier_joins_and_says_so() -> None:
    found = merge([body("a", "GB-CHC-1"), body("b", "GB-CHC-1")], [judged(1, "a", "b", "different")])
    assert found.kept == {}
    assert found.rejected == {("actor/a", "actor/b")}
    assert [one.said for one in found.contradictions] == [
        "both carry iati-organisation GB-CHC-1, but judgement/1 says that actor/a and actor/b are two"
    ]


def test_a_rejection_holds_over_others_between_and_the_older_judgement_gives_way() -> None:
    said = [judged(1, "a", "b", "same"), judged(2, "b", "c", "same"), judged(3, "a", "c", "different")]
    found = merge([body("a"), body("b"), body("c")], said)
    assert groups(found) == [("b", "c")]
    assert [(one.first, one.second) for one in found.contradictions] == [("actor/a", "actor/b")]


def test_of_two_judgements_on_one_pair_the_later_counts() -> None:
    said = [judged(1, "a", "b", "different"), judged(2, "a", "b", "same")]
    assert groups(merge([body("a"), body("b")], said)) == [("a", "b")]
    assert groups(merge([body("a"), body("b")], [judged(3, "a", "b", "different"), *said])) == []


def test_who_may_not_see_an_actor_learns_nothing_through_it() -> None:
    said = [judged(1, "a", "hidden", "same"), judged(2, "hidden", "b", "same")]
    assert groups(merge([body("a"), body("b"), body("hidden")], said)) == [("a", "b", "hidden")]
    assert merge([body("a"), body("b")], said).kept == {}


def test_a_state_and_a_body_or_a_part_and_its_whole_do_not_merge_by_identifier_but_are_told() -> None:
    unlike = merge([body("a", "US-GOV-1", "con:State"), body("b", "US-GOV-1", "con:Agency")], [])
    assert unlike.kept == {}
    assert "one is a State, the other a Agency" in unlike.contradictions[0].said
    part = merge([body("a", "US-GOV-1"), body("b", "US-GOV-1", part_of="a")], [])
    assert part.kept == {}
    assert "part of the other" in part.contradictions[0].said


def test_an_identifier_that_too_many_carry_joins_nobody() -> None:
    found = merge([body(f"n{n:02}", "XX-ALL-1") for n in range(MOST + 1)], [])
    assert found.kept == {}
    assert len(found.contradictions) == 1


SLUGS = st.sampled_from("abcdef")
JUDGED = st.lists(st.tuples(SLUGS, SLUGS, st.sampled_from(["same", "different"])).filter(lambda t: t[0] != t[1]))


@given(JUDGED, st.permutations("abcdef"))
def test_whatever_is_judged_no_pair_that_was_rejected_is_one_and_order_of_actors_does_not_matter(
    said: list[tuple[str, str, str]], order: list[str]
) -> None:
    judgements = [judged(number, *each) for number, each in enumerate(said, start=1)]
    found = merge([body(slug) for slug in order], judgements)
    for one, other in found.rejected:
        assert found.kept.get(one, one) != found.kept.get(other, other)
    for kept, members in found.members.items():
        assert kept in members
        assert all(found.kept.get(member, member) == kept for member in members)
    assert found == merge([body(slug) for slug in "abcdef"], reversed(judgements))
    same = set(found.because)
    told = {(one.first, one.second) for one in found.contradictions}
    standing = {ordered(f"actor/{a}", f"actor/{b}"): decision for a, b, decision in said}
    assert {pair for pair, decision in standing.items() if decision == "same"} == same | told
