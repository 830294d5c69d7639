"""No natural person and no way to reach one comes in with a table; the shapes in ontology/shapes/people.ttl agree."""

import re

MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[A-Za-z]")
PHONE = re.compile(
    r"\+[0-9][0-9 ()./-]{6,}[0-9]|\b(?:tel|phone|fax|mobile|cell)[^0-9a-z]{1,6}[0-9(][0-9 ()./-]{4,}[0-9]",
    re.IGNORECASE,
)
ADDRESSED = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Prof|Professor)\.? (?!.*(?:Foundation|Trust|Fund|Instit|Cent(?:re|er)|School|Universit|Hospital))"
)

WITHHELD = "(withheld)"
"""What the log shows instead of the cell: a contact must not live on in the log."""


def personal(text: str, name: bool = False) -> str | None:
    """What is wanted instead where `text` reaches a person, or, being a name, is that of one; None where it is fine."""
    if MAIL.search(text):
        return "a text without an e-mail address"
    if PHONE.search(text):
        return "a text without a telephone number"
    if name and ADDRESSED.match(text):
        return "the name of a body, not of a person"
    return None
