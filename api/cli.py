"""The command line: everything that the API gives, printed, and what only an owner may do."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import uvicorn
from rich.console import Console
from rich.table import Table
from rich.text import Text

from api import archive
from api.app import create_app
from api.bar import Bar
from api.settings import Settings
from api.visibility import visible
from graph.datasets.description import File
from graph.errors import ConcertError, InvalidParameter
from graph.library import Library
from graph.loading import REJECTED, SHOWN
from graph.network.build import network
from graph.network.cache import Cache
from graph.network.catalogue import kinds
from graph.questions.answer import Answer, ask
from graph.questions.catalogue import catalogue
from graph.readers.tables.suggest import suggest
from graph.store import GRAPH_TYPES, SOLUTION_TYPES
from graph.tables.world import World
from graph.writers.answers import flat, header, to_csv, to_json_ld, to_xlsx
from graph.writers.network import to_gexf, to_graphml, to_json
from viz.standalone import page

if TYPE_CHECKING:
    import networkx as nx

program = typer.Typer(
    help="Who works where against trafficking, and where nobody does.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
CANNOT_WRITE = 73
"""Exit code for a file that cannot be read or written, of sysexits.h."""
said = Console(stderr=True, highlight=False)
HomeOption = Annotated[
    Path | None, typer.Option("--home", envvar="CONCERT_HOME", help="The home directory that holds the data.")
]


def main() -> None:
    """Run a command; an error that a person can mend is one line and an exit code of its kind."""
    try:
        program(standalone_mode=True)
    except ConcertError as error:
        _tell(f"{error.message}; expected: {error.expected}" if error.expected else error.message)
        raise SystemExit(error.exit_code) from error
    except OSError as error:
        _tell(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        raise SystemExit(CANNOT_WRITE) from error


def _tell(problem: str) -> None:
    plain = problem.encode("utf-8", "backslashreplace").decode("utf-8")
    said.print(Text.assemble(("error: ", "red"), plain), soft_wrap=True)


def _settings(home: Path | None) -> Settings:
    settings = Settings.from_environment()
    return settings if home is None else settings.at(home)


@contextmanager
def _library(home: Path | None) -> Iterator[Library]:
    settings = _settings(home)
    with settings.open_library() as library:
        with Bar(said, "opening") as bar:
            library.ensure(list(settings.shipped), bar)
        yield library


def _world(library: Library) -> World:
    return library.world(visible(library))


def _given(parameters: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in parameters:
        name, equals, value = text.partition("=")
        if not equals:
            raise InvalidParameter(
                f"{text!r} is no parameter", parameter=text, given=text, expected="name=value, such as place=TJ"
            )
        found.setdefault(name, []).append(value)
    return found


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        typer.echo(data, nl=False)
    else:
        output.write_bytes(data)


@program.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The port to listen on.")] = None,
    home: HomeOption = None,
) -> None:
    """Serve the API and the pages. The last line says the address."""
    settings = _settings(home)
    address, number = host or settings.host, port or settings.port
    app = create_app(settings, lambda step: said.print(step, style="dim"))
    config = uvicorn.Config(app, host=address, port=number, log_level="warning", access_log=False)
    _Announcing(config, f"http://{address}:{number}/").run()


class _Announcing(uvicorn.Server):
    """A server that says where it is once it can be reached."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Start, then print the address."""
        await super().startup(sockets)
        if self.started:
            typer.echo(f"Concert is at {self._address} (Ctrl+C stops it)")


@program.command()
def load(
    path: Annotated[Path, typer.Argument(exists=True, help="A folder with a dataset.yml, or one file.")],
    *,
    name: Annotated[
        str | None, typer.Option("--as", help="What to call a file's dataset; else after the file.")
    ] = None,
    format: Annotated[str | None, typer.Option(help="The file's format; else its content tells.")] = None,
    mapping: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="What the columns of a table mean.")
    ] = None,
    option: Annotated[
        list[str] | None, typer.Option(help="name=value for the file's format, such as country=NP.")
    ] = None,
    reject_share: Annotated[
        float, typer.Option(min=0, max=1, help="The share of a file's rows that may be refused.")
    ] = 0.1,
    suggest_mapping: Annotated[bool, typer.Option(help="Draft a mapping for a table instead of loading it.")] = False,
    home: HomeOption = None,
) -> None:
    """Load a dataset, whole or not at all: a folder, or one file in a format that Concert reads."""
    if suggest_mapping:
        typer.echo(suggest(path), nl=False)
        return
    with _library(home) as library:
        with Bar(said, "reading") as bar:
            if path.is_dir():
                loaded = library.load(path, bar)
            else:
                options: dict[str, Any] = {key: values[-1] for key, values in _given(option or []).items()}
                if mapping is not None:
                    options["mapping"] = mapping.read_text(encoding="utf-8")
                entry = File(file=path.name, format=format or ("table" if mapping else None), options=options)
                loaded = library.load_file(path, entry, name, reject_share, bar)
        manifest = loaded.manifest
        rows = ", ".join(f"{count} {kind}" for kind, count in manifest.taken.items())
        typer.echo(f"loaded {manifest.name} {manifest.version}: {manifest.claims} claims from {rows}")
        for note in manifest.notes:
            said.print(f"note: {note}", markup=False)
        for rejected in loaded.rejected[:SHOWN]:
            said.print(f"refused: {rejected}", markup=False)
        if loaded.rejected:
            log = library.home.folder(manifest.name, manifest.version) / REJECTED
            said.print(f"{manifest.rejected} rows refused; all of them are in {log}", markup=False, soft_wrap=True)


@program.command()
def unload(name: Annotated[str, typer.Argument(help="The dataset's name.")], home: HomeOption = None) -> None:
    """Take a dataset out, with all that was made from it."""
    with _library(home) as library:
        library.unload(name)
        typer.echo(f"unloaded {name}")


@program.command("ask")
def ask_command(
    name: Annotated[str | None, typer.Argument(help="A question; without one, the questions are listed.")] = None,
    parameters: Annotated[list[str] | None, typer.Argument(help="name=value …, such as place=TJ domain=drugs")] = None,
    *,
    format: Annotated[str, typer.Option(help="table, json, jsonld, csv or xlsx")] = "table",
    limit: Annotated[str | None, typer.Option(help="Rows of one page.")] = None,
    cursor: Annotated[str | None, typer.Option(help="`next` of the page before.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    home: HomeOption = None,
) -> None:
    """Ask a question."""
    if name is None:
        for question in catalogue().values():
            typer.echo(f"{question.name:24}{question.header.asks}")
        return
    writers = {"table": _table, "json": _as_json, "jsonld": _as_json_ld, "csv": to_csv, "xlsx": to_xlsx}
    _check_format(format, writers)
    with _library(home) as library:
        answer = ask(_world(library), name, _given(parameters or []), limit, cursor)
    _write(writers[format](answer), output)
    if format in ("table", "csv"):  # the others say it themselves
        of = f"more than {answer.total}" if answer.at_least else str(answer.total)
        said.print(f"{len(answer.rows)} of {of} rows. {answer.question.header.caveat}", markup=False)
        if answer.next:
            said.print(f"next page: --cursor {answer.next}", markup=False, soft_wrap=True)


def _check_format(given: str, writers: Mapping[str, Any]) -> None:
    if given not in writers:
        raise InvalidParameter(
            f"there is no format {given!r}", parameter="format", given=given, expected="one of " + ", ".join(writers)
        )


def _as_json(answer: Answer) -> bytes:
    return _json(answer.as_dict())


def _as_json_ld(answer: Answer) -> bytes:
    return _json(to_json_ld(answer))


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _table(answer: Answer) -> bytes:
    console = Console(highlight=False)
    table = Table(title=answer.question.header.title, show_lines=False)
    shown = [place for place, name in enumerate(header(answer)) if not name.endswith("_id")]
    for place in shown:
        table.add_column(header(answer)[place])
    for row in flat(answer):
        table.add_row(*("–" if row[place] is None else str(row[place]) for place in shown))
    with console.capture() as drawn:
        console.print(table, markup=False)
    return drawn.get().encode()


@program.command()
def validate(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="A folder with a dataset.yml.")],
    home: HomeOption = None,
) -> None:
    """Check a dataset as `load` would, and keep nothing."""
    with _library(home) as library:
        with Bar(said, "reading") as bar:
            manifest = library.check(folder, bar)
        typer.echo(f"{manifest.name} is valid: {manifest.claims} claims")


@program.command()
def draw(
    kind: Annotated[str | None, typer.Argument(help="A network; without one, they are listed.")] = None,
    parameters: Annotated[list[str] | None, typer.Argument(help="name=value …")] = None,
    format: Annotated[str, typer.Option(help="html, json, graphml or gexf")] = "html",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    home: HomeOption = None,
) -> None:
    """Draw a network, as a page that needs nothing else or for another program."""
    if kind is None:
        for drawn in kinds().values():
            typer.echo(f"{drawn.name:24}{drawn.header.asks}")
        return
    writers: dict[str, Callable[[nx.MultiDiGraph[str], Cache], bytes]] = {
        "html": lambda graph, cache: page(graph, cache).encode(),
        "json": lambda graph, _: to_json(graph),
        "graphml": lambda graph, _: to_graphml(graph),
        "gexf": lambda graph, _: to_gexf(graph),
    }
    _check_format(format, writers)
    with _library(home) as library:
        cache = Cache(library.home.path / "cache" / "networks")
        graph = network(_world(library), kind, _given(parameters or []), cache=cache)
    _write(writers[format](graph, cache), output)


@program.command()
def export(
    name: Annotated[str, typer.Argument(help="The dataset's name.")],
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    home: HomeOption = None,
) -> None:
    """Write a dataset's claims as N-Quads."""
    with _library(home) as library:
        _write(library.claims(name), output)


@program.command()
def sparql(
    query: Annotated[Path, typer.Argument(allow_dash=True, help="A file with a query, or - for standard input.")],
    format: Annotated[str | None, typer.Option(help="A media type, such as text/csv.")] = None,
    home: HomeOption = None,
) -> None:
    """Ask in SPARQL."""
    text = sys.stdin.read() if str(query) == "-" else query.read_text(encoding="utf-8")
    with _library(home) as library:
        world = _world(library)
        accept = (format,) if format else SOLUTION_TYPES + GRAPH_TYPES
        _write(world.store().query(text, world.graphs, accept).body, None)


@program.command()
def status(home: HomeOption = None) -> None:
    """What is loaded, and where it is kept."""
    with _library(home) as library:
        typer.echo(f"home: {library.home.path}")
        for name, manifest in library.datasets().items():
            told = f"{manifest.claims} claims, {manifest.rejected} rows refused, loaded {manifest.loaded_at}"
            typer.echo(f"{name} {manifest.version}: {told}")


@program.command()
def rebuild(home: HomeOption = None) -> None:
    """Make every index again from the kept claims."""
    with _library(home) as library:
        with said.status("rebuilding") as status:
            names = library.rebuild(status.update)
        typer.echo(f"rebuilt {', '.join(names) or 'nothing'}")


@program.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The archive to write, such as concert.tar.gz.")], home: HomeOption = None
) -> None:
    """Write every kept claim to one archive."""
    with _library(home) as library:
        archive.write(library.home, file)
    typer.echo(f"wrote {file}")


@program.command()
def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An archive that `backup` wrote.")],
    home: HomeOption = None,
) -> None:
    """Bring an archive back into an empty home, and make its indexes."""
    settings = _settings(home)
    archive.bring_back(file, settings.home)
    with settings.open_library() as library:
        typer.echo(f"restored {', '.join(library.rebuild()) or 'nothing'}")
