"""`/api/questions`: the catalogue, and an operation for each question, made from its header."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.negotiation import CSV, JSON, JSON_LD, XLSX, choose, single
from api.problems import responses
from api.schemas import answer_schema, paging_schema, parameter_schema
from api.visibility import ReaderWorld
from graph.questions.answer import Answer, ask
from graph.questions.catalogue import Question, catalogue
from graph.questions.stamp import stamp
from graph.tables.world import World
from graph.writers.answers import to_csv, to_json_ld, to_xlsx

OFFERED = {"json": JSON, "csv": CSV, "xlsx": XLSX, "jsonld": JSON_LD}
LONGEST_NAME = 120
"""Characters of a file's name before its date."""
PAGING = ("limit", "cursor", "format")
router = APIRouter(prefix="/api/questions", tags=["Questions"])


CATALOGUE_EXAMPLE = {"questions": [{"name": "who-works-where", "title": "Who works where", "asks": "Which actors …"}]}


@router.get(
    "",
    summary="Every question that can be asked",
    responses={200: {"content": {JSON: {"example": CATALOGUE_EXAMPLE}}}},
)
def questions() -> dict[str, Any]:
    """The catalogue: what each question asks, its parameters and the columns of its answer."""
    return {"questions": [_entry(question) for question in catalogue().values()]}


def _entry(question: Question) -> dict[str, Any]:
    header = question.header
    return {
        "name": question.name,
        "title": header.title,
        "asks": header.asks,
        "read": header.read,
        "caveat": header.caveat,
        "example": header.example,
        "url": f"/api/questions/{question.name}",
        "parameters": {name: p.model_dump(exclude_none=True) for name, p in question.parameters.items()},
        "columns": {name: column.model_dump() for name, column in header.columns.items()},
    }


def reply(request: Request, world: World, media: str, answer: Answer) -> Response:
    """The answer in the form `media`; total, caveat and next page also as headers.

    A table in CSV is read by machines, so what it is of stands beside it: in the name of the file, in headers, and
    behind the link that describes it. A workbook says it on a sheet of its own.
    """
    headers = {
        "Concert-Total": str(answer.total),
        "Concert-Caveat": answer.question.header.caveat.encode("ascii", "replace").decode(),
        "Vary": "Accept",
    }
    if answer.at_least:
        headers["Concert-Total-At-Least"] = "true"
    links = [f'<{request.url.include_query_params(cursor=answer.next)}>; rel="next"'] if answer.next else []
    told = stamp(world, answer) if media in (CSV, XLSX) else None
    if told:
        described = request.url.include_query_params(format="json")
        links.append(f'<{described}>; rel="describedby"; type="{JSON}"')
        # What ASCII can't hold is escaped, as JSON does.
        headers["Concert-Parameters"] = json.dumps(dict(answer.parameters))
        headers["Concert-Datasets"] = ", ".join(f"{name}={version}" for name, version in told.versions.items())
        suffix = "csv" if media == CSV else "xlsx"
        headers["Content-Disposition"] = f'attachment; filename="{file_name(answer)}.{suffix}"'
    if links:
        headers["Link"] = ", ".join(links)
    if media == CSV:
        return Response(to_csv(answer), media_type=CSV, headers=headers)
    if media == XLSX:
        address = str(request.url.remove_query_params("format"))
        return Response(to_xlsx(answer, told, address), media_type=XLSX, headers=headers)
    body = to_json_ld(answer) if media == JSON_LD else answer.as_dict()
    return JSONResponse(body, media_type=media, headers=headers)


def file_name(answer: Answer) -> str:
    """The question, its filters and today, as a name that every system can hold: `gaps_place-tm_2026-01-31`."""
    known = answer.question.parameters
    parts = [answer.question.name]
    for name, value in answer.parameters.items():
        if name in known and value != known[name].default:
            texts = (str(each).rpartition("/")[2] for each in (value if isinstance(value, list) else [value]))
            parts.append("-".join([name, *texts]))
    told = "_".join(re.sub(r"[^A-Za-z0-9-]+", "-", part) for part in parts)[:LONGEST_NAME]
    return f"{told}_{datetime.now(UTC):%Y-%m-%d}"


def asked_in(request: Request, apart: tuple[str, ...] = PAGING) -> dict[str, list[str]]:
    """The parameters of a request by name, each with all its values, without those that only page or format."""
    names = dict.fromkeys(name for name, _ in request.query_params.multi_items() if name not in apart)
    return {name: request.query_params.getlist(name) for name in names}


def _endpoint(name: str) -> Callable[..., Response]:
    def answer(request: Request, world: ReaderWorld) -> Response:
        media = choose(request, OFFERED)
        limit, cursor = single(request, "limit"), single(request, "cursor")
        return reply(request, world, media, ask(world, name, asked_in(request), limit, cursor))

    return answer


for _question in catalogue().values():
    _example = "&".join(f"{name}={value}" for name, value in _question.header.example.items())
    router.add_api_route(
        f"/{_question.name}",
        _endpoint(_question.name),
        methods=["GET"],
        operation_id=_question.name,
        summary=_question.header.title,
        description="\n\n".join(
            [
                _question.header.asks,
                _question.header.read,
                f"**Caveat.** {_question.header.caveat}",
                f"For example `/api/questions/{_question.name}{'?' if _example else ''}{_example}`.",
            ]
        ),
        response_class=JSONResponse,
        responses={
            200: {
                "description": "The answer",
                "content": {
                    JSON: {"schema": answer_schema(_question)},
                    JSON_LD: {"schema": {"type": "object"}},
                    CSV: {"schema": {"type": "string"}},
                    XLSX: {"schema": {"type": "string", "format": "binary"}},
                },
            },
            **responses(400, 406),
        },
        openapi_extra={
            "parameters": [
                parameter_schema(name, p, _question.header.example.get(name))
                for name, p in _question.parameters.items()
            ]
            + paging_schema(OFFERED)
        },
    )


@router.get("/{name}", include_in_schema=False)
def unknown(name: str, world: ReaderWorld) -> Answer:
    """Any other name is answered with the list of those that exist."""
    return ask(world, name)
