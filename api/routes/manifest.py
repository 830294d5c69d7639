"""The manifest of the reconciliation service: what it offers, and at which addresses."""

from typing import Any

from graph.things.asked import BATCH
from graph.things.types import ROOTS, Type, types
from ontology.namespaces import CON, ID

VERSIONS = ["0.2"]
SIZE = {"width": 430, "height": 280}
"""Pixels of a preview."""
WIDE = (*ROOTS, "Organisation", "Country")
"""Types that are offered first."""


def told_type(type_: Type) -> dict[str, str]:
    """A type as candidates and the manifest name it."""
    return {"id": type_.id, "name": type_.name}


def manifest(base: str) -> dict[str, Any]:
    """The service manifest. `base` is the address of the application, without a slash at its end."""
    known = types()
    service = {"service_url": base}
    return {
        "versions": VERSIONS,
        "name": "Concert",
        "identifierSpace": str(ID),
        "schemaSpace": str(CON),
        "documentation": f"{base}/docs",
        "view": {"url": f"{base}/id/{{{{id}}}}"},
        "defaultTypes": [
            {**told_type(known[name]), "broader": [told_type(known[up]) for up in known[name].broader]} for name in WIDE
        ],
        "batchSize": BATCH,
        "preview": {"url": f"{base}/reconcile/preview?id={{{{id}}}}", **SIZE},
        "suggest": {
            name: {**service, "service_path": f"/reconcile/suggest/{name}"} for name in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {**service, "service_path": "/reconcile/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Limit",
                    "type": "number",
                    "default": 0,
                    "help_text": "How many values to fetch at the most; 0 for all",
                }
            ],
        },
    }
