"""Addresses of scripts, styles and their data. Each carries a hash, so that a browser may keep the file for good."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
MANIFEST = STATIC / "built" / "manifest.json"


def built(name: str) -> str:
    """The path of a built file by its name in the manifest: `explorer.js` -> `/static/built/explorer-3KQ….js`.

    Raises LookupError when the front end is not built, or has no file of that name.
    """
    if not MANIFEST.is_file():
        raise LookupError(f"there is no {MANIFEST}: the front end is not built, which `pip install` does")
    files = _files(MANIFEST.stat().st_mtime_ns)
    if name not in files:
        raise LookupError(f"the front end has no {name}; it has " + ", ".join(files))
    return f"/static/built/{files[name]}"


def script(name: str) -> str:
    """The path of the module that `viz/front/<name>.js` became. Raises LookupError when it is not built."""
    return built(f"{name}.js")


def style(name: str) -> str:
    """The path of a style sheet of `viz/static`, with a hash of what is in it. Raises OSError when there is none."""
    return f"/static/{name}?v={_hash(STATIC / name, (STATIC / name).stat().st_mtime_ns)}"


@lru_cache(maxsize=64)
def _hash(file: Path, changed: int) -> str:
    """The start of the file's digest, computed again after it `changed`."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=1)
def _files(changed: int) -> dict[str, str]:
    """Name -> file, read again after a new build (`changed`, the time of the manifest)."""
    read: dict[str, dict[str, str]] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return read["files"]
