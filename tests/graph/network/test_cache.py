"""The cache of results: whole or absent, bounded, shared."""

import os
import subprocess
import sys

import numpy as np
import pytest

from graph.network.cache import Cache, key_of
from graph.network.numbered import numbered

NUMBERS = {"values": np.arange(1000.0), "words": np.array(["one", "two"])}


def test_what_was_kept_is_given_back(tmp_path):
    cache = Cache(tmp_path / "deep" / "er")
    assert cache.get("a") is None
    cache.put("a", NUMBERS)
    found = cache.get("a")
    assert found.keys() == NUMBERS.keys()
    for name, values in NUMBERS.items():
        np.testing.assert_array_equal(found[name], values)


@pytest.mark.parametrize("at", [0, 40, 2_000, -30])
def test_a_changed_byte_is_as_nothing_kept(tmp_path, at):
    cache = Cache(tmp_path)
    cache.put("a", NUMBERS)
    whole = bytearray((tmp_path / "a.arrays").read_bytes())
    whole[at] ^= 0xFF
    (tmp_path / "a.arrays").write_bytes(whole)
    assert cache.get("a") is None
    cache.put("a", NUMBERS)
    assert cache.get("a") is not None


@pytest.mark.parametrize("size", [0, 10, 1_000, -1])
def test_half_a_file_is_as_nothing_kept(tmp_path, size):
    cache = Cache(tmp_path)
    cache.put("a", NUMBERS)
    (tmp_path / "a.arrays").write_bytes((tmp_path / "a.arrays").read_bytes()[:size])
    assert cache.get("a") is None


def test_a_file_under_another_name_is_not_believed(tmp_path):
    cache = Cache(tmp_path)
    cache.put("a", NUMBERS)
    (tmp_path / "a.arrays").rename(tmp_path / "b.arrays")
    assert cache.get("b") is None


def test_what_was_not_used_for_longest_goes_first(tmp_path):
    cache = Cache(tmp_path, most_bytes=20_000)
    (tmp_path / "left.part").write_bytes(b"x" * 10_000)
    os.utime(tmp_path / "left.part", (1, 1))
    for number, name in enumerate("ab", start=2):
        cache.put(name, NUMBERS)
        os.utime(tmp_path / f"{name}.arrays", (number, number))
    assert {file.name for file in tmp_path.iterdir()} == {"a.arrays", "b.arrays"}
    cache.get("a")
    cache.put("c", NUMBERS)
    assert {file.name for file in tmp_path.iterdir()} == {"a.arrays", "c.arrays"}


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    cache = Cache(tmp_path / "file")
    cache.put("a", NUMBERS)
    assert cache.get("a") is None


def test_several_processes_write_and_read_at_once(tmp_path):
    code = (
        "import sys, numpy as np; from pathlib import Path; from graph.network.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1]), most_bytes=60_000)\n"
        "for n in range(150):\n"
        "    cache.put(str(n % 9), {'values': np.full(1000, n % 9)})\n"
        "    found = cache.get(str((n * 5) % 9))\n"
        "    assert found is None or (found['values'] == (n * 5) % 9).all()\n"
    )
    env = {**os.environ, "PYTHONPATH": "."}
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], env=env) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 60_000
    assert not list(tmp_path.glob("*.part"))


def test_the_key_is_of_all_that_the_result_depends_on():
    def key(nodes="abc", edges=(("a", "b"),), kind="layout", settings=None):
        return key_of(numbered(nodes, edges).simple, kind, settings or {})

    assert key() == key(edges=[("b", "a")])
    different = [key(), key("abcd"), key(edges=[("a", "c")]), key(edges=[("a", "b")] * 2), key(kind="community")]
    different.append(key(settings={"error": 0.1}))
    assert len(set(different)) == len(different)
