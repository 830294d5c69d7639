"""Files that live as long as one request or one load, in a folder of the home."""

import shutil
import tempfile
import time
from pathlib import Path

from graph.library import Library

PREFIX = "scratch-"
ABANDONED = 86_400
"""Seconds after which a folder is taken for what a process left behind that was killed."""


def scratch(library: Library) -> Path:
    """An empty folder, for whoever asks to remove.

    It lies in the home and not where temporary files do, as that may be small or in memory.
    """
    parent = library.home.path / "cache"
    parent.mkdir(exist_ok=True)
    for folder in parent.glob(f"{PREFIX}*"):
        try:
            old = time.time() - folder.stat().st_mtime > ABANDONED
        except FileNotFoundError:  # its owner was quicker
            continue
        if old:
            shutil.rmtree(folder, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
