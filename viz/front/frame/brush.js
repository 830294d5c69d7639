// Two ends over the histogram of the filter bar: they write the dates that the form sends, as anybody could by hand.

/** @param {HTMLElement} root */
export function brush(root) {
  const form = root.closest("form");
  const [from, to, on] = ["from", "to", "on"].map((name) => /** @type {HTMLInputElement | null} */ (form?.querySelector(`input[name="${name}"]`)));
  const said = root.querySelector("output");
  if (!form || !from || !to || !said) return;
  const [first, last] = [Number(root.dataset.first), Number(root.dataset.last)];
  const bound = (/** @type {number} */ year) => Math.min(last, Math.max(first, year));

  const ends = [from, to].map((field, at) => {
    const end = document.createElement("input");
    end.type = "range";
    [end.min, end.max] = [String(first), String(last)];
    end.value = String(bound(field.value ? Number(field.value.slice(0, 4)) : [first, last][at]));
    end.setAttribute("aria-label", ["From year", "To year"][at]);
    return end;
  });
  const span = () => {
    const years = ends.map((end) => Number(end.value));
    return [Math.min(...years), Math.max(...years)];
  };
  const show = () => {
    const [low, high] = span();
    said.textContent = low > first || high < last ? (low === high ? `${low}` : `${low} – ${high}`) : "";
    for (const bar of /** @type {NodeListOf<SVGElement>} */ (root.querySelectorAll("[data-year]"))) {
      const year = Number(bar.dataset.year);
      bar.setAttribute("class", year >= low && year <= high ? "in" : "out");
    }
  };
  /** The whole span is no filter at all: it would leave out what has no date. */
  const set = () => {
    const [low, high] = span();
    from.value = low > first ? `${low}-01-01` : "";
    to.value = high < last ? `${high}-12-31` : "";
    if (on) on.value = "";
    show();
  };
  const box = document.createElement("div");
  box.className = "ends";
  box.append(...ends);
  root.append(box);
  for (const end of ends) {
    end.addEventListener("input", set);
    // By mouse the ends are let go of where they are meant; by keyboard they pass all years between.
    end.addEventListener("pointerup", () => form.requestSubmit());
    end.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      form.requestSubmit();
    });
  }
  for (const [at, field] of [from, to].entries())
    field.addEventListener("change", () => {
      ends[at].value = String(bound(field.value ? Number(field.value.slice(0, 4)) : [first, last][at]));
      show();
    });
  if (from.value || to.value) show();
}
