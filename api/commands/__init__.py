"""The commands of the command line, a module a piece of work; api/cli.py lists them."""
