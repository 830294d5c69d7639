"""What can go wrong, each kind with its HTTP status and its exit code, so that one handler serves every door."""

import re
from typing import Any, ClassVar

PROBLEMS = "https://w3id.org/concert/problem/"


class ConcertError(Exception):
    """A refusal or failure that a person reads: what came, what was expected, and where.

    `status` is the HTTP status, `exit_code` the one of the command line (the numbers of sysexits.h, or 2 for
    a wrong request), `title` the same for every error of the kind; `message` is about this one.
    """

    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 70
    title: ClassVar[str] = "Something went wrong inside Concert"

    def __init__(
        self,
        message: str,
        *,
        parameter: str | None = None,
        given: object = None,
        expected: object = None,
        where: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.parameter = parameter
        self.given = given
        self.expected = expected
        self.where = where

    def __str__(self) -> str:
        told = [f"{name}: {value}" for name, value in (("given", self.given), ("expected", self.expected)) if value]
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.message}" + (f" ({'; '.join(told)})" if told else "")

    def problem(self) -> dict[str, Any]:
        """The problem details of RFC 9457; members that this error says nothing about are left out."""
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(self).__name__).lower()
        members = {"type": PROBLEMS + kind, "title": self.title, "status": self.status, "detail": self.message}
        more = {"parameter": self.parameter, "given": self.given, "expected": self.expected, "where": self.where}
        return members | {name: value for name, value in more.items() if value is not None}


class InvalidParameter(ConcertError):
    """A parameter of a request has a value that means nothing here."""

    status = 400
    exit_code = 2
    title = "A parameter is not valid"


class QueryError(ConcertError):
    """A SPARQL text that can't be read or may not be run; `where` is the parser's line and column."""

    status = 400
    exit_code = 2
    title = "The query can't be run"


class NotFound(ConcertError):
    """Nothing of that name, or nothing that this reader may see: the two are never told apart."""

    status = 404
    exit_code = 4
    title = "Not found"


class NotAcceptable(ConcertError):
    """The answer has none of the media types that were asked for."""

    status = 406
    exit_code = 2
    title = "No such format for this answer"


class TooLarge(ConcertError):
    """More than the limit of bytes, rows or memory; nothing is cut off silently."""

    status = 413
    exit_code = 65
    title = "Too large"


class InvalidData(ConcertError):
    """A file that doesn't say what it should; `where` names the file and the line or row."""

    status = 422
    exit_code = 65
    title = "The data is not valid"


class Locked(ConcertError):
    """Another process holds what this one wants to write."""

    status = 423
    exit_code = 75
    title = "In use by another process"


class StoreUnavailable(ConcertError):
    """The store can't be reached, or doesn't answer as a SPARQL service does."""

    status = 503
    exit_code = 69
    title = "The store is not available"


class Timeout(ConcertError):
    """It took longer than allowed, and was stopped."""

    status = 504
    exit_code = 75
    title = "It took too long"
