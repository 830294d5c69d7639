"""The body of an upload, on its way to a folder of its own: as one file, or as a form of several parts."""

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from anyio import open_file, to_thread
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.types import Message, Receive

from api.scratch import scratch
from graph.errors import InvalidParameter, TooLarge
from graph.library import Library

FORM = "multipart/form-data"
MAPPING = 1_000_000
"""Most bytes of a mapping."""

LONGEST = 150
"""Characters of a file name."""

UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:\ud800-\udfff]")
SUFFIXES = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/json": ".json",
    "application/x-ndjson": ".ftm.json",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "text/turtle": ".ttl",
    "application/trig": ".trig",
    "application/n-triples": ".nt",
    "application/n-quads": ".nq",
    "application/ld+json": ".jsonld",
    "application/rdf+xml": ".rdf",
}
"""The end of the name of a file that comes without one."""


@dataclass(frozen=True)
class Received:
    """What came: a file in a folder of its own, which whoever asked removes; its mapping; the fields of the form."""

    folder: Path
    file: Path
    mapping: str | None = None
    fields: dict[str, str] = field(default_factory=dict)

    def discard(self) -> None:
        """Remove what came."""
        shutil.rmtree(self.folder, ignore_errors=True)


async def receive(request: Request, library: Library, most: int, name: str) -> Received:
    """Write the body of a request to disk while it comes.

    most  bytes that it may have
    name  what to call a file that comes without a name; its media type gives the end
    Raises TooLarge, and InvalidParameter for a body that is no file; then nothing of it stays.
    """
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > most:
        raise _too_large(most)
    bounded = Request(request.scope, _bounded(request.receive, most))
    folder = await to_thread.run_sync(scratch, library)
    try:
        if request.headers.get("content-type", "").lower().startswith(FORM):
            async with bounded.form(max_files=2, max_fields=10, max_part_size=MAPPING) as form:
                return await to_thread.run_sync(_from_form, form, folder)
        return Received(folder, await _as_it_is(bounded, folder, name))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _bounded(receive: Receive, most: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise _too_large(most)
        return message

    return counted


def _too_large(most: int) -> TooLarge:
    return TooLarge("the upload is too large", expected=f"at most {most:,} bytes; `concert load` has no such bound")


async def _as_it_is(request: Request, folder: Path, name: str) -> Path:
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    file = folder / _safe(f"{name}{SUFFIXES.get(declared, '')}")
    async with await open_file(file, "wb") as out:
        async for chunk in request.stream():
            await out.write(chunk)
    return file


def _from_form(form: FormData, folder: Path) -> Received:
    files: dict[str, UploadFile] = {}
    fields: dict[str, str] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields[name] = value
        elif value.filename or value.size:  # a browser sends an empty part where no file was chosen
            files[name] = value
    if "file" not in files:
        raise InvalidParameter(
            "there is no file in the form",
            parameter="file",
            given=", ".join(files)[:100] or None,
            expected="a part `file`, and a part `mapping` where it is a table",
        )
    file = folder / _safe(files["file"].filename or "upload")
    with file.open("wb") as out:
        shutil.copyfileobj(files["file"].file, out, 1 << 20)
    return Received(folder, file, _mapping(files.get("mapping")), fields)


def _mapping(given: UploadFile | None) -> str | None:
    if given is None:
        return None
    data = given.file.read(MAPPING + 1)
    if len(data) > MAPPING:
        raise TooLarge("the mapping is too large", parameter="mapping", expected=f"at most {MAPPING:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidParameter("the mapping is no text", parameter="mapping", expected="YAML in UTF-8") from error


def _safe(name: str) -> str:
    """The last part of a file's name, as a name that every system takes."""
    last = re.split(r"[/\\]", name)[-1]
    plain = UNSAFE.sub("", last).strip().lstrip(".")
    if len(plain) > LONGEST:
        stem, dot, end = plain.rpartition(".")
        plain = f"{stem[: LONGEST - 20]}{dot}{end[:19]}" if stem else plain[:LONGEST]
    return plain or "upload"
