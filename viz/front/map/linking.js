/**
 * What the pointer or the focus is on stands out wherever it is shown: a row, a place, an arc.
 *
 * The same place bears the same `data-place`, the same leg the same `data-leg`; `data-ends` names the places of a leg.
 * @param {Element} root holds all of it
 */
export function linking(root) {
  /** @param {Element | null} found */
  const light = (found) => {
    for (const lit of root.querySelectorAll(".map-lit")) lit.classList.remove("map-lit");
    if (!found) return;
    const { place, leg, ends } = /** @type {HTMLElement | SVGElement} */ (found).dataset;
    /** @type {string[]} */
    const wanted = [];
    if (place) wanted.push(`[data-place="${CSS.escape(place)}"]`, `[data-ends~="${CSS.escape(place)}"]`);
    if (leg) wanted.push(`[data-leg="${CSS.escape(leg)}"]`);
    if (leg && ends) for (const end of ends.split(" ").filter(Boolean)) wanted.push(`a[data-place="${CSS.escape(end)}"]`);
    for (const one of root.querySelectorAll(wanted.join(","))) one.classList.add("map-lit");
  };
  /** @param {Event} event */
  const on = (event) => light(/** @type {Element} */ (event.target).closest("[data-place], [data-leg]"));
  root.addEventListener("pointerover", on);
  root.addEventListener("focusin", on);
  root.addEventListener("pointerleave", () => light(null));
}
