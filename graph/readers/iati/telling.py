"""Which kind of IATI file the first bytes of one tell."""

import re
from collections.abc import Callable
from pathlib import Path


def holds(element: str) -> Callable[[Path, bytes], bool]:
    """Whether an XML file opens an element of this name in its first bytes, in whatever encoding."""
    pattern = re.compile(rb"<%b[\s/>]" % element.encode())

    def fits(file: Path, head: bytes) -> bool:
        plain = head.replace(b"\0", b"")  # of UTF-16, which puts one beside each letter
        opens = plain.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
        return opens.lstrip().startswith(b"<") and pattern.search(plain) is not None

    return fits
