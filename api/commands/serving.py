"""`concert serve`: the API and the pages."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer
import uvicorn
from starlette.concurrency import run_in_threadpool

from api.terminal import HomeOption, said, settings_of

if TYPE_CHECKING:
    from api.ahead import Ahead


def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The port to listen on.")] = None,
    home: HomeOption = None,
) -> None:
    """Serve the API and the pages. The last line says the address."""
    from api.ahead import Ahead
    from api.app import create_app

    settings = settings_of(home)
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    app = create_app(settings, lambda step: said.print(step, style="dim"))
    config = uvicorn.Config(app, host=settings.host, port=settings.port, log_level="warning", access_log=False)
    address = f"http://{settings.host}:{settings.port}/"
    _Announcing(config, address, Ahead(app, address)).run()


class _Announcing(uvicorn.Server):
    """A server that says where it is once it can be reached, and makes pages ahead beside its requests."""

    def __init__(self, config: uvicorn.Config, address: str, ahead: "Ahead") -> None:
        super().__init__(config)
        self._address = address
        self._ahead = ahead

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Start, then print the address."""
        await super().startup(sockets)
        if self.started:
            typer.echo(f"Concert is at {self._address} (Ctrl+C stops it)")
            self._ahead.start()

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        """End, after what is just being made ahead: it reads in the library, which closes then."""
        await run_in_threadpool(self._ahead.stop)
        await super().shutdown(sockets)
