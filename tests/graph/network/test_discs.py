"""Discs that are packed never overlap, and lie near what they are linked with."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.network import discs
from graph.network.discs import packed


def least_gap(centres, radii):
    one, other = np.triu_indices(len(radii), 1)
    gaps = np.hypot(*(centres[one] - centres[other]).T) - radii[one] - radii[other]
    return gaps.min(initial=np.inf)


links = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(1, 9)), max_size=20)


@given(st.lists(st.floats(0.1, 50), min_size=1, max_size=12), links)
@settings(max_examples=100, deadline=None)
def test_no_two_discs_overlap(radii, linked):
    kept = [(a, b, w) for a, b, w in linked if a < b < len(radii)]
    one, other, strength = (np.array([row[n] for row in kept], dtype=t) for n, t in enumerate((int, int, float)))
    assert least_gap(packed(np.array(radii), one, other, strength), np.array(radii)) > -1e-6


@pytest.mark.parametrize("fitted", [1, 2, 40, 1_000])
def test_none_overlap_where_the_rest_stand_in_rings(monkeypatch, fitted):
    monkeypatch.setattr(discs, "FITTED", fitted)
    rng = np.random.default_rng(5)
    radii, one, other = 1 + rng.pareto(1.2, 300), rng.integers(0, 150, 900), rng.integers(150, 300, 900)
    assert least_gap(packed(radii, one, other, np.ones(900)), radii) > -1e-6


def test_what_is_linked_lies_nearer():
    rng = np.random.default_rng(2)
    side = rng.integers(0, 2, 80)
    one, other = np.triu_indices(80, 1)
    linked = side[one] == side[other]
    centres = packed(np.ones(80), one[linked], other[linked], np.ones(linked.sum()))
    far = np.hypot(*(centres[one] - centres[other]).T)
    assert far[linked].mean() < 0.8 * far[~linked].mean()


def test_they_fill_half_of_the_disc_round_all():
    radii = 1 + np.random.default_rng(3).pareto(2.0, 200)
    centres = packed(radii, np.zeros(0, int), np.zeros(0, int), np.zeros(0))
    reach = (np.hypot(*(centres - centres.mean(axis=0)).T) + radii).max()
    assert (radii**2).sum() > 0.5 * reach**2
