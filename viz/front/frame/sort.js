// Tables that are whole on the page are sorted in place, by a button in each head.

/** @param {HTMLTableCellElement | undefined} cell */
function value(cell) {
  const text = (cell?.dataset.value ?? cell?.textContent ?? "").trim();
  const number = Number(text.replace(/[,%\s]/g, ""));
  return text !== "" && text !== "–" && Number.isFinite(number) ? number : text === "–" ? "" : text.toLowerCase();
}

/**
 * @param {string | number} one
 * @param {string | number} other
 */
function order(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), "en", { numeric: true });
}

/** @param {HTMLTableElement} table */
export function sortable(table) {
  const body = table.tBodies[0];
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (!body || body.rows.length < 2) return;
  heads.forEach((head, column) => {
    if ("unsorted" in head.dataset) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") === "ascending" || (!head.ariaSort && head.classList.contains("number"));
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => ({ row, key: value(row.cells[column]) }));
      // What is not known comes last, whichever way.
      rows.sort((a, b) => Number(a.key === "") - Number(b.key === "") || (up ? -1 : 1) * order(a.key, b.key));
      body.append(...rows.map((each) => each.row));
    });
  });
}
