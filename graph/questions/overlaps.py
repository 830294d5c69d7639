"""Overlaps: pairs of efforts in one order, the strongest first."""

from graph.questions.pairs import answer

__all__ = ["answer"]
