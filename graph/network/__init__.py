"""Networks: drawings of the claims as nodes and edges, for one filtered view, with measures and positions."""
