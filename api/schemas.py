"""What OpenAPI says of parameters and answers, made from the headers of the questions."""

from collections.abc import Mapping
from typing import Any

from graph.questions.answer import REACH
from graph.questions.catalogue import Question
from graph.questions.parameters import DEFAULT_LIMIT, MAX_LIMIT, Parameter

EXAMPLES = {
    "place": "TJ",
    "domain": "drugs",
    "response": "training",
    "target": "police",
    "actor": "UNODC",
    "role": "implementing",
    "on": "2003-05-14",
    "from": "2002-01-01",
    "to": "2003-12-31",
    "dataset": "paper-2003",
}
"""A value of each common parameter, for those that a question's own example leaves out."""


def parameter_schema(name: str, parameter: Parameter, example: str | None = None) -> dict[str, Any]:
    """One parameter as OpenAPI says it, with a value to try."""
    schema: dict[str, Any] = {"type": "string", "maxLength": 500}
    match parameter.type:
        case "date":
            schema = {"type": "string", "format": "date"}
        case "integer" | "number":
            schema = {"type": parameter.type, "minimum": parameter.low, "maximum": parameter.high}
            schema = {key: value for key, value in schema.items() if value is not None}
        case "choice":
            schema = {"type": "string", "enum": list(parameter.of)}
    if parameter.default is not None:
        schema["default"] = int(parameter.default) if parameter.type == "integer" else parameter.default
    if parameter.many:
        schema = {"type": "array", "items": schema}
    told = {"name": name, "in": "query", "required": False, "description": parameter.about, "schema": schema}
    example = example or EXAMPLES.get(name) or (parameter.of[0] if parameter.of else parameter.default)
    if example is not None:
        typed = int(example) if parameter.type == "integer" else example
        told["example"] = [typed] if parameter.many else typed
    return told


def paging_schema(offered: Mapping[str, str]) -> list[dict[str, Any]]:
    """The parameters that page and format an answer."""
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    return [
        {"name": "limit", "in": "query", "description": "rows of one page", "schema": limit, "example": 10},
        {"name": "cursor", "in": "query", "description": "`next` of the page before", "schema": {"type": "string"}},
        format_schema(offered),
    ]


def format_schema(offered: Mapping[str, str]) -> dict[str, Any]:
    """The parameter `format` as OpenAPI says it."""
    return {
        "name": "format",
        "in": "query",
        "description": "the form of the answer; else the Accept header decides",
        "schema": {"type": "string", "enum": list(offered)},
        "example": next(iter(offered)),
    }


THING: dict[str, Any] = {
    "type": ["object", "null"],
    "required": ["id", "label"],
    "properties": {"id": {"type": "string"}, "label": {"type": "string"}},
}
OF_TYPE: dict[str, dict[str, Any]] = {
    "number": {"type": ["number", "null"]},
    "share": {"type": ["number", "null"]},
    "integer": {"type": ["integer", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
    "text": {"type": ["string", "null"]},
    "dataset": {"type": ["string", "null"]},
}
SOURCE: dict[str, Any] = {
    "type": "object",
    "required": ["claim", "dataset", "source", "document", "locators", "attributed_to", "confidence", "stated_on"],
    "properties": {
        "claim": {"type": "string", "description": "id of the claim that the row rests on"},
        "dataset": {"type": "string"},
        "source": {"type": ["string", "null"], "description": "id of the document"},
        "document": {"type": ["string", "null"], "description": "its title"},
        "locators": {"type": "array", "items": {"type": "string"}, "description": "page, paragraph or row"},
        "attributed_to": {"type": "array", "items": THING | {"type": "object"}},
        "confidence": {"type": "string"},
        "note": {"type": ["string", "null"]},
        "stated_on": {"type": ["string", "null"]},
    },
}


ANSWER_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["question", "title", "parameters", "rows", "total", "at_least", "next", "caveat"],
    "properties": {
        "question": {"type": "string"},
        "title": {"type": "string"},
        "parameters": {"type": "object", "description": "as they were understood"},
        "rows": {"type": "array", "items": {"type": "object", "required": ["sources"]}},
        "total": {"type": "integer", "minimum": 0},
        "at_least": {"type": "boolean", "description": "whether there may be more than the total says"},
        "next": {"type": ["string", "null"]},
        "caveat": {"type": "string"},
    },
}


def answer_schema(question: Question) -> dict[str, Any]:
    """The answer to one question as OpenAPI says it: its columns, and what is in every answer."""
    columns: dict[str, Any] = {}
    for name, column in question.header.columns.items():
        schema = OF_TYPE.get(column.type, THING)
        if column.many:
            schema = {"type": "array", "items": schema}
        columns[name] = schema | {"description": f"{column.title}: {column.about}" if column.about else column.title}
    if "place" in question.header.filters:
        columns["reach"] = {"type": "string", "description": REACH.about}
    row = {
        "type": "object",
        "required": [*question.header.columns, "sources"],
        "properties": columns | {"sources": {"type": "array", "items": SOURCE}},
    }
    return ANSWER_SCHEMA | {"properties": ANSWER_SCHEMA["properties"] | {"rows": {"type": "array", "items": row}}}
