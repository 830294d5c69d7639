"""Names agree across scripts, spellings and languages, and stay apart where they should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity.names import fold, parts, read, skeleton


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź – Straße", "lodz strasse"),
        ("Международная организация", "mezhdunarodnaya organizatsiya"),
        ("U.S. Agency", "us agency"),
        ("Save the Children's", "save the childrens"),
        ("Direction de l’Hydraulique", "direction de hydraulique"),
        ("Co-ordination", "coordination"),
        ("საქართველო", "sakartvelo"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Международная организация по миграции", "International Organization for Migration"),
        ("Organisation internationale pour les migrations", "International Organization for Migration"),
        ("WORLD FOOD PROGRAMME", "World Food Program"),
        ("UN Population Fund", "Fonds des Nations Unies pour la population"),
        ("Min. of Health", "Ministry of Health"),
        ("Action & Aid Ltd.", "Action and Aid"),
    ],
)
def test_names_of_one_body_have_the_same_words(one: str, other: str) -> None:
    assert sorted(read(one).words) == sorted(read(other).words)


def test_names_of_two_bodies_keep_different_words() -> None:
    assert read("Ministry of Health").words != read("Ministry of Justice").words
    assert read("School No 5").words != read("School No 7").words


def test_a_name_made_of_small_words_alone_keeps_them() -> None:
    assert read("The Van").words == ("the", "van")


@pytest.mark.parametrize(
    ("text", "acronyms"),
    [
        ("International Organization for Migration (IOM)", {"iom"}),
        ("USAID OFDA", {"usaid", "ofda"}),
        ("WORLD FOOD PROGRAMME", set()),
        ("UN-Habitat", set()),
        ("Mercy UK", set()),
        ("Фонд ООН", {"oon"}),
    ],
)
def test_acronyms_are_words_in_capitals(text: str, acronyms: set[str]) -> None:
    assert read(text).acronyms == acronyms


def test_initials_come_with_and_without_small_words_and_the_united_nations() -> None:
    assert read("International Organization for Migration").initials == {"iom", "iofm"}
    assert "wfp" in read("United Nations World Food Programme").initials


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("ILO/International Labour Organization", ("ILO", "International Labour Organization")),
        ("Health Fund (HF)", ("Health Fund", "HF")),
        ("UNDP - United Nations Development Programme", ("UNDP", "United Nations Development Programme")),
        ("Inter-agency Fund", ()),
    ],
)
def test_names_that_stand_inside_a_text(text: str, inside: tuple[str, ...]) -> None:
    assert parts(text) == inside


@pytest.mark.parametrize(("one", "other"), [("mustaqbal", "mustakbal"), ("jubbaland", "jubaland"), ("nizom", "nisam")])
def test_spellings_of_one_word_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_words_with_other_consonants_have_another_skeleton() -> None:
    assert skeleton("kampala") != skeleton("kabul")
    assert skeleton("2003") != skeleton("2004")


@given(st.text(max_size=400))
def test_any_text_is_read_and_folding_twice_changes_nothing(text: str) -> None:
    read(text)
    parts(text)
    assert fold(fold(text)) == fold(text)
    assert fold(text).isascii()
