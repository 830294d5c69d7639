"""How Concert is reached: HTTP, pages and the command line. The only place that puts the parts together."""
