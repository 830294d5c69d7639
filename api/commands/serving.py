"""`concert serve`: the API and the pages."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

import typer
import uvicorn

from api.terminal import HomeOption, said, settings_of


def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The port to listen on.")] = None,
    home: HomeOption = None,
) -> None:
    """Serve the API and the pages. The last line says the address."""
    from api.ahead import keep_ready
    from api.app import create_app

    settings = settings_of(home)
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    app = create_app(settings, lambda step: said.print(step, style="dim"))
    config = uvicorn.Config(app, host=settings.host, port=settings.port, log_level="warning", access_log=False)
    address = f"http://{settings.host}:{settings.port}/"
    _Announcing(config, address, lambda: keep_ready(app, address)).run()


class _Announcing(uvicorn.Server):
    """A server that says where it is once it can be reached, and then does `afterwards` beside its requests."""

    def __init__(self, config: uvicorn.Config, address: str, afterwards: Callable[[], None]) -> None:
        super().__init__(config)
        self._address = address
        self._afterwards = threading.Thread(target=afterwards, daemon=True)

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Start, then print the address."""
        await super().startup(sockets)
        if self.started:
            typer.echo(f"Concert is at {self._address} (Ctrl+C stops it)")
            self._afterwards.start()
