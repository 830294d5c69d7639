"""The matrix as files: each holds what the page shows, in its order, and says what it is of."""

import csv
import io
import re
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from fastapi.testclient import TestClient

SEEN = "rows=place&columns=domain&sort=most first&group=by region or theme&role=funding"


def got(client: TestClient, form: str, asked: str = SEEN) -> bytes:
    reply = client.get(f"/api/matrix?{asked}&format={form}")
    assert reply.status_code == 200, reply.text
    return reply.content


def on_the_page(client: TestClient) -> list[list[str]]:
    """The cells of the page's table as a reader sees them, without groups."""
    html = client.get(f"/matrix?{SEEN}", headers={"Accept": "text/html"}).text
    body = html[html.index("<tbody") : html.index("<tfoot")]
    rows = [row for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL) if 'scope="row"' in row]
    plain = [re.sub(r"<[^>]+>", " ", row.replace("</th>", "|").replace("</td>", "|")) for row in rows]
    return [[re.sub(r"\D", "", cell) for cell in row.split("|")[1:-1]] for row in plain]


def test_csv_and_workbook_hold_the_table_of_the_page(client: TestClient) -> None:
    text = got(client, "csv").decode()
    told = [line for line in text.splitlines() if line.startswith("# ")]
    rows = list(csv.reader(line for line in text.splitlines() if not line.startswith("# ")))
    assert any("Role: Funding" in line for line in told)
    assert any(line.startswith("# Data: OSCE Economic Forum 2003") for line in told)
    numbers = [[re.sub(r"\D", "", cell) for cell in row[3:]] for row in rows[1:-1]]
    assert numbers == on_the_page(client)
    book = openpyxl.load_workbook(io.BytesIO(got(client, "xlsx")))
    sheet = [["" if cell is None else str(cell) for cell in row] for row in book["Matrix"].iter_rows(values_only=True)]
    assert sheet == rows
    assert [row[0] for row in book["About"].iter_rows(values_only=True)] == [line[2:] for line in told]


def test_hxl_has_a_tagged_row_for_every_cell(client: TestClient) -> None:
    drawn = client.get(f"/api/matrix?{SEEN}").json()
    rows = list(csv.DictReader(got(client, "hxl").decode().splitlines()[1:]))
    assert len(rows) == len(drawn["rows"]) * len(drawn["columns"])
    cells = [cell for row in drawn["cells"] for cell in row]
    assert [int(row["#indicator+programmes+num"]) for row in rows] == [cell["programmes"] for cell in cells]
    assert {row["#status+coverage"] for row in rows} >= {"recorded", "none recorded"}
    assert [row["#loc+code"] for row in rows[:: len(drawn["columns"])]] == [row["id"] or "" for row in drawn["rows"]]


def test_the_picture_has_every_name_and_hatches_what_is_empty(client: TestClient) -> None:
    drawn = client.get("/api/matrix").json()
    root = ET.fromstring(got(client, "svg", "rows=place"))
    words = " ".join(text.text or "" for text in root.findall(".//{*}text"))
    assert all(row["label"] in words for row in drawn["rows"])
    hatched = [box.get("fill") for box in root.findall(".//{*}rect") if box.find("{*}title") is not None]
    empty = [cell["state"] for row in drawn["cells"] for cell in row if cell["state"] in ("none-recorded", "no-source")]
    assert hatched == [f"url(#{state})" for state in empty]


@pytest.mark.parametrize("form", ["csv", "hxl", "svg", "xlsx"])
def test_a_matrix_of_nothing_is_a_file_nevertheless(client: TestClient, form: str) -> None:
    assert got(client, form, "place=TJ&actor=IOM&on=1901-01-01&empty=left out")
