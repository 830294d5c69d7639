from hypothesis import given
from hypothesis import strategies as st

from ontology.namespaces import CON, ID, long, short


def test_a_thing_is_short_and_anything_else_stays() -> None:
    assert short("https://w3id.org/concert/id/actor/unodc") == "actor/unodc"
    assert short(str(CON.Actor)) == "https://w3id.org/concert/ns#Actor"
    assert short("http://metadata.un.org/sdg/16.2") == "http://metadata.un.org/sdg/16.2"


def test_a_short_id_is_long_and_an_iri_stays() -> None:
    assert long("place/tj") == "https://w3id.org/concert/id/place/tj"
    assert long("http://metadata.un.org/sdg/16.2") == "http://metadata.un.org/sdg/16.2"


@given(st.from_regex(r"[a-z-]+/[a-z0-9.-]+", fullmatch=True))
def test_short_undoes_long(id: str) -> None:
    assert short(long(id)) == id
    assert long(short(f"{ID}{id}")) == f"{ID}{id}"
