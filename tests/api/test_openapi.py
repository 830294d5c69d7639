"""The OpenAPI description: complete, with something to try in every operation, and true."""

import warnings
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

from api.app import create_app
from api.settings import Settings

DESCRIBED = create_app(Settings()).openapi()
OPERATIONS = [(path, method) for path, methods in DESCRIBED["paths"].items() for method in methods]


def operation(path: str, method: str) -> dict[str, Any]:
    found: dict[str, Any] = DESCRIBED["paths"][path][method]
    return found


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_operation_tells_what_it_is_and_gives_an_example(path: str, method: str) -> None:
    told = operation(path, method)
    assert told["summary"]
    assert len(told["description"]) > 20
    assert told["tags"]
    parameters = told.get("parameters", [])
    given = [p for p in parameters if "example" in p or p["schema"].get("examples") or p.get("examples")]
    done = told["responses"][min(status for status in told["responses"] if status.startswith("2"))]
    contents = [done.get("content", {}), told.get("requestBody", {}).get("content", {})]
    shown = [media for content in contents for media in content.values() if "example" in media]
    assert given or shown
    for parameter in parameters:
        assert parameter.get("description"), parameter["name"]
        assert parameter in given or parameter["name"] in ("cursor", "measure", "driver") or not parameter["required"]
    assert "422" not in told["responses"]
    assert done["content"]


def test_there_is_an_operation_for_every_promise_of_the_interface() -> None:
    paths = set(DESCRIBED["paths"])
    kinds = ("actors", "programmes", "places", "flows", "datasets", "sources")
    assert {f"/api/{kind}/{{slug}}" for kind in kinds} <= paths
    assert {"/api/questions", "/api/networks", "/sparql", "/id/{kind}/{slug}", "/ns"} <= paths
    assert {"/healthz", "/readyz", "/metrics"} <= paths


OF_A_MOMENT = {"/api/loads/{id}"}
"""What is only there for as long as it goes on."""


def examples(path: str, method: str) -> dict[str, Any]:
    found = {}
    for parameter in operation(path, method).get("parameters", []):
        value = parameter.get("example", (parameter["schema"].get("examples") or [None])[0])
        if value is not None and parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(value))
        elif value is not None and parameter["name"] not in ("on", "from", "to", "format"):
            found[parameter["name"]] = value
    return {"path": path, "params": found}


@pytest.mark.parametrize("path", [path for path, method in OPERATIONS if method == "get" and path not in OF_A_MOMENT])
def test_the_examples_work(client: TestClient, path: str) -> None:
    asked = examples(path, "get")
    assert client.get(asked["path"], params=asked["params"]).status_code == 200


CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


@pytest.mark.filterwarnings("ignore")
def test_any_request_that_fits_the_description_is_answered_as_it_says(client: TestClient, app: FastAPI) -> None:
    """Requests drawn from the description itself, some of its parameters right and some wrong."""
    schema = schemathesis.openapi.from_dict(app.openapi())
    operations = [result.ok() for result in schema.get_all_operations()]
    modes = st.sampled_from([schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE])

    def run(operation: Any) -> None:
        @given(modes.flatmap(lambda mode: operation.as_strategy(generation_mode=mode)))
        @settings(
            max_examples=6,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def answers(case: Any) -> None:
            sent = case.as_transport_kwargs(base_url="http://testserver")
            reply = client.request(**{name: value for name, value in sent.items() if value is not None})
            reply.request.read()  # a body in several parts is only put together when it is asked for
            if reply.status_code not in (404, 405):  # a path that was drawn may lead elsewhere
                case.validate_response(reply, checks=CHECKS)

        answers()

    for operation in operations:
        run(operation)
