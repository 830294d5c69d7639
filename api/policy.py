"""What a page may load, for the header Content-Security-Policy."""

import base64
import hashlib


def inline_style(*styles: str) -> str:
    """The directive that lets a page have these `<style>` elements, whose whole text each is, and no other style."""
    hashes = (base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles)
    return "style-src " + " ".join(f"'sha256-{each}'" for each in hashes)
