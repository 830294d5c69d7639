"""The finest place that a row with hashtags names, made where only the country is known."""

from dataclasses import dataclass

from graph.readers.tables.columns import Columns
from graph.readers.tables.ledger import Entry, Ledger, name_slug

LEVELS = tuple(f"adm{level}" for level in range(1, 6))
Place = tuple[str | None, str]


@dataclass(frozen=True)
class Admin:
    """The places of one file. `country` holds where no column names one."""

    ledger: Ledger
    country: str

    def place(self, entry: Entry, row: Columns) -> Place:
        """The IRI and the name of the finest place of a row; a row that names none has none.

        A division is found by its code, or by its name where it lies within the country; else it is made within
        the division above it. Without a known country it is refused: the same name lies in many countries.
        """
        code, name = row.code("country"), row.name("country")
        shown = name or code or self.country
        country = next(
            (iri for text in (code, name, self.country) if text and (iri := self.ledger.find("place", text))), None
        )
        divisions = [(level, row.code(level), row.name(level)) for level in (*LEVELS, "loc")]
        divisions = [division for division in divisions if division[1] or division[2]]
        if country is None and (shown or divisions):
            entry.refuse("#country", shown, "a country by its ISO code or name, in a column or as the option `country`")
            return None, ""
        if country is None:
            return None, ""
        parent, path, label = country, [country.rpartition("/")[2]], shown
        for level, own, text in divisions:
            label = text or own
            # A code is unique in its country, a name only in the division above.
            path = [path[0], name_slug(own)] if own else [*path, name_slug(text)]
            parent = self._known(own, text, country) or self._made(entry, path, label, parent, level)
        return parent, label

    def _known(self, code: str, name: str, country: str) -> str | None:
        frame = self.ledger.frame
        for text in (code, name):
            found = self.ledger.find("place", text) if text else None
            if found and found != country and frame.within(found, country):
                return found
        return None

    def _made(self, entry: Entry, path: list[str], name: str, parent: str, level: str) -> str:
        slug = "-".join(path)
        iri = self.ledger.iri("place", slug)
        if iri not in self.ledger.prints and iri not in entry.stated:
            class_ = "Area" if level == "loc" else "AdministrativeDivision"
            entry.add("places", {"class": class_, "name": name, "within": parent}, slug)
        return iri
