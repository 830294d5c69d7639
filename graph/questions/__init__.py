"""Questions are files: a query with a header that says what it asks, how to read it and what it takes.

Dropping `<name>.sql` (over the tables) or `<name>.rq` (over the RDF) into this folder is all that a new
question needs: the endpoint, the command, the page and the documentation are made from the header.
"""
