"""The front end as it is built: small, complete, from the lock alone, and kept by browsers."""

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest

import viz
from viz import build as building
from viz.built import MANIFEST, STATIC, built, script, style

FRONT = Path(viz.__file__).parent / "front"
BUDGET = 200_000
"""Bytes of JavaScript after gzip, of all pages together."""
FRAME_BUDGET = 8_000
"""Bytes that a page without a script of its own loads."""
PARTS = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"|import\("\./([\w.-]+\.js)"\)')


def squeezed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9, mtime=0))


def loaded(name: str) -> set[Path]:
    """The file of a script and all that it imports."""
    todo, found = {STATIC.parent / script(name).lstrip("/")}, set()
    while todo:
        file = todo.pop()
        found.add(file)
        names = {one or other for one, other in PARTS.findall(file.read_text(encoding="utf-8"))}
        todo |= {file.parent / each for each in names} - found
    return found


def test_all_javascript_fits_the_budget() -> None:
    sizes = {file.name: squeezed(file) for file in MANIFEST.parent.glob("*.js")}
    assert sizes
    assert sum(sizes.values()) <= BUDGET, sizes


def test_a_page_loads_the_frame_and_its_own_script_only() -> None:
    frame = loaded("theme") | loaded("frame")
    assert sum(map(squeezed, frame)) <= FRAME_BUDGET
    files = json.loads(MANIFEST.read_text(encoding="utf-8"))["files"]
    entries = {Path(name).stem for name in files if name.endswith(".js")}
    assert entries == {file.stem for file in FRONT.glob("*.js")}
    own = {name: loaded(name) - frame for name in entries - {"theme", "frame"}}
    for template in (STATIC.parent / "pages").glob("*.html"):
        asked = set(re.findall(r"script\('([a-z-]+)'\)", template.read_text(encoding="utf-8")))
        assert asked <= entries, template.name
        if template.name != "frame.html":
            assert len(asked) <= 1, template.name
    assert all(files for files in own.values())


def test_addresses_carry_a_hash_and_lead_to_a_file() -> None:
    for path in (script("frame"), built("countries-50m.json")):
        assert re.fullmatch(r"/static/built/[a-z0-9-]+-[0-9A-Z]{8}\.(js|json)", path)
        assert (STATIC.parent / path.lstrip("/")).is_file()
    assert re.fullmatch(r"/static/concert\.css\?v=[0-9a-f]{12}", style("concert.css"))
    with pytest.raises(LookupError, match=r"no nothing\.js; it has "):
        script("nothing")


def test_the_lock_pins_every_package_and_names_no_place_to_get_it_from() -> None:
    lock = json.loads((FRONT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: told for name, told in lock["packages"].items() if name}
    assert len(packages) > 20
    for name, told in packages.items():
        assert told["integrity"].startswith("sha512-"), name
        assert "resolved" not in told, name
    asked = json.loads((FRONT / "package.json").read_text(encoding="utf-8"))
    for name, version in (asked["dependencies"] | asked["devDependencies"]).items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
    for file in ("package.json", ".npmrc"):
        assert "//" not in (FRONT / file).read_text(encoding="utf-8")
    assert "omit-lockfile-registry-resolved=true" in (FRONT / ".npmrc").read_text(encoding="utf-8")


def test_the_licence_of_everything_bundled_is_there() -> None:
    text = (MANIFEST.parent / "LICENCES.txt").read_text(encoding="utf-8")
    assert "world-atlas 2.0.2 (ISC)" in text
    assert text.lower().count("permission") >= len(re.findall(r"^=+$", text, re.MULTILINE))
    assert not re.search(r"\bGPL|no licence named", text)


def test_what_is_built_is_built_from_these_sources() -> None:
    assert json.loads(MANIFEST.read_text(encoding="utf-8"))["stamp"] == building.stamp(), "run viz/build.py"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A front end of its own: one small entry and the packages that are installed, without the network."""
    if not building.installed():
        pytest.skip("the packages are not installed; `python viz/build.py` does it")
    front = tmp_path / "front"
    front.mkdir()
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(FRONT / name, front)
    (front / "node_modules").symlink_to(FRONT / "node_modules")
    (front / "one.js").write_text('import { scaleSqrt } from "d3-scale";\nconsole.log(scaleSqrt()(2));\n')
    (tmp_path / "static").mkdir()
    monkeypatch.setattr(building, "FRONT", front)
    monkeypatch.setattr(building, "PACKAGES", front / "node_modules")
    monkeypatch.setattr(building, "BUILT", tmp_path / "static" / "built")
    return front


def test_a_build_is_repeated_only_when_a_source_changes(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "install", lambda *_: pytest.fail("it asked the network"))
    building.build()
    first = sorted(file.name for file in building.BUILT.iterdir())
    assert "manifest.json" in first
    assert "d3-scale 4.0.3 (ISC)" in (building.BUILT / "LICENCES.txt").read_text(encoding="utf-8")
    marker = building.BUILT / "marker"
    marker.touch()
    building.build()
    assert marker.exists()
    (copy / "one.js").write_text("console.log(1);\n")
    building.build()
    assert not marker.exists()
    second = sorted(file.name for file in building.BUILT.iterdir())
    assert [name for name in first if name.startswith("one-")] != [name for name in second if name.startswith("one-")]
    assert "d3-scale" not in (building.BUILT / "LICENCES.txt").read_text(encoding="utf-8")
    assert [file.name for file in building.BUILT.parent.iterdir()] == ["built"]


def test_a_broken_source_leaves_the_last_build_as_it_was(copy: Path) -> None:
    building.build()
    before = {file.name: file.read_bytes() for file in building.BUILT.iterdir()}
    (copy / "one.js").write_text("this is not a script(\n")
    with pytest.raises(building.BuildFailed, match="esbuild"):
        building.build()
    assert {file.name: file.read_bytes() for file in building.BUILT.iterdir()} == before


def test_a_package_without_a_licence_is_refused(copy: Path, tmp_path: Path) -> None:
    package = copy / "bare"
    package.mkdir()
    (package / "package.json").write_text('{"name": "bare", "version": "1.0.0", "license": "MIT"}')
    (copy / "node_modules").unlink()
    (copy / "node_modules").mkdir()
    package.rename(copy / "node_modules" / "bare")
    with pytest.raises(building.BuildFailed, match=r"bare 1\.0\.0 \(MIT\) comes without"):
        building.licences(["node_modules/bare/index.js"])
