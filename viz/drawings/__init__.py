"""Pictures of networks for the explorer: what is shown, where it stands, what it rests on, and the same as SVG."""
