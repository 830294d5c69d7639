"""The words of tables in our codes: by notation, by label, or by a usual other word."""

from functools import cache
from pathlib import Path

import yaml

from ontology.vocabulary import codes

WORDS = Path(__file__).with_name("words.yml")


def code(scheme: str, word: str) -> str | None:
    """The notation of the code of a list that a word means; None when no code is known by it."""
    return known(scheme).get(" ".join(word.casefold().replace("_", " ").split()))


@cache
def known(scheme: str) -> dict[str, str]:
    """Every word for the codes of one list, in lower case, with the notation that it stands for."""
    others = yaml.safe_load(WORDS.read_text(encoding="utf-8")).get(scheme, {})
    found = {word: notation for notation, words in others.items() for word in words}
    for notation, concept in codes(scheme).items():
        found |= {notation: notation, notation.replace("-", " "): notation, concept.label.casefold(): notation}
    return found
