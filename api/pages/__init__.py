"""The pages: the same answers as the API, as HTML that works without JavaScript.

A page is a module here and a template of its name under `viz/pages`. `sparql` and `things` have no route of their
own: the API's routes hand over to them when a browser asks.
"""

from fastapi import APIRouter

from api.pages import (
    datasets,
    docs,
    explorer,
    flows,
    gaps,
    loading,
    manual,
    mapping,
    matrix,
    overlaps,
    questions,
    review,
    search,
    start,
)

router = APIRouter(include_in_schema=False)
for _page in (
    start,
    matrix,
    gaps,
    overlaps,
    flows,
    mapping,
    questions,
    review,
    explorer,
    datasets,
    loading,
    search,
    docs,
    manual,
):
    router.include_router(_page.router)
