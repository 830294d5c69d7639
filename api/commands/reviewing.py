"""`concert review`."""

from typing import Annotated

import typer

from api.review import review as reviewed
from api.terminal import HomeOption, opened, settings_of


def review(
    act: Annotated[str, typer.Argument(help="list, accept A B, reject A B, decide A B, undo ID, history")] = "list",
    things: Annotated[list[str] | None, typer.Argument(help="Ids, such as actor/iom actor/others.c")] = None,
    *,
    reason: Annotated[str, typer.Option(help="Why, in words; needed to decide and to undo.")] = "",
    decision: Annotated[
        str | None, typer.Option(help="For decide: different, one-effort, duplicating, not-duplicating, coordinated.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many pairs or judgements to show.")] = 20,
    home: HomeOption = None,
) -> None:
    """Review which actors may be one: list the pairs, decide with a reason, undo."""
    by = settings_of(home).writer
    with opened(home) as library:
        told = reviewed(library, act, tuple(things or ()), reason=reason, decision=decision, by=by, limit=limit)
    typer.echo(told, nl=False)
