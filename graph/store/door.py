"""What a query text from outside may not hold: a call to another service, or more than a parser can stand."""

import re

from graph.errors import QueryError, TooLarge

MOST_CHARACTERS = 100_000
DEEPEST = 100

_NAME = r"A-Za-z0-9_\u0080-\U0010ffff"
_TOKEN = re.compile(
    rf"""
      (?P<blank> [ \t\r\n]+ | \#[^\r\n]* )
    | (?P<string> "{{3}} (?: "{{0,2}} (?: [^"\\] | \\. ) )*+ "{{3}} | '{{3}} (?: '{{0,2}} (?: [^'\\] | \\. ) )*+ '{{3}}
                | " (?: [^"\\\r\n] | \\. )*+ " | ' (?: [^'\\\r\n] | \\. )*+ ' )
    | (?P<iri> < (?: [^<>"{{}}|^`\\\x00-\x20] | \\u[0-9A-Fa-f]{{4}} | \\U[0-9A-Fa-f]{{8}} )*+ > )
    | (?P<variable> [?$][{_NAME}]+ )
    | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<label> _:[{_NAME}]+ )
    | (?P<prefixed> (?P<prefix> (?:[A-Za-z\u0080-\U0010ffff][{_NAME}.-]*+)? ) :
          (?: (?:[{_NAME}:]|%[0-9A-Fa-f]{{2}}|\\.) (?: [{_NAME}:-]|%[0-9A-Fa-f]{{2}}|\\.|\.+(?=[{_NAME}:%\\-]) )*+ )? )
    | (?P<word> [{_NAME}][{_NAME}.-]* )
    | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})")


def check(text: str) -> None:
    """Refuse a text that is too long (TooLarge), nests too deep, or names another service (QueryError).

    SPARQL allows an escape like \\u0053 for any character; some services read it before anything else and some
    only inside IRIs and strings, so the text is judged in both readings.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooLarge(
            "The query text is too long", given=f"{len(text)} characters", expected=f"at most {MOST_CHARACTERS}"
        )
    plain = _ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), text)
    for reading in {text, plain}:
        _read(reading)


def _read(text: str) -> None:
    """Go through the tokens in every way that a parser could take them, each place once.

    `<` may begin an IRI or compare: in `?a<?b)SERVICE#>` the one reading hides what the other runs, so both are
    followed. In what may be an IRI a call needs a bracket before it, the one that ends the comparison; without that
    it is the IRI. Oxigraph also lets a keyword stick to its neighbours (`trueSERVICE<…>`, `SERVICEex:a{…}`), hence
    the search inside words, and inside a prefix when a group follows, as after SERVICE and never after a subject.
    """
    todo = [(0, False, 0, 0, 0)]
    seen = set()
    while todo:
        at, suspect, depth, begin, end = todo.pop()
        token = _TOKEN.match(text, at)
        if token is None or (at, suspect, at < end) in seen:
            continue
        seen.add((at, suspect, at < end))
        kind = token.lastgroup
        if kind == "blank":
            todo.append((token.end(), suspect, depth, begin, end))
            continue
        named = kind == "word" and "service" in token[0].lower() and (at >= end or ")" in text[begin:at])
        if named or (suspect and token[0] == "{"):
            raise QueryError("SERVICE is not allowed: a query reads this store only", where=_place(text, at))
        depth += (token[0] in ("{", "(", "[")) - (token[0] in ("}", ")", "]"))
        if depth > DEEPEST:
            raise QueryError(f"Brackets nest deeper than {DEEPEST}", where=_place(text, at))
        if kind == "iri":
            todo.append((at + 1, False, depth, at, token.end()))
        todo.append((token.end(), kind == "prefixed" and "service" in token["prefix"].lower(), depth, begin, end))


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"line {line}, column {at - text.rfind(chr(10), 0, at)}"


def misread(message: str) -> QueryError:
    """The error for a text that a SPARQL parser refused, with the place where its message tells one."""
    place = re.search(r"at (\d+):(\d+)", message) or re.search(r"line (\d+),? column (\d+)", message, re.IGNORECASE)
    where = f"line {place[1]}, column {place[2]}" if place else None
    return QueryError(f"The query can't be read: {message.strip()[:500]}", where=where)
