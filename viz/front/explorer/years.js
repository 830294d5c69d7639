// The years in which links are known to hold: a histogram, and two ends that leave the others out.

import { drawn, h, plural } from "./dom.js";
import { span } from "./scene.js";

const WIDE = 1000;
const HIGH = 56;

/**
 * @param {HTMLElement} root
 * @param {import("./scene.js").Scene} scene
 * @param {import("./address.js").Address} address
 * @param {ReturnType<typeof import("./scene.js").visible>} shown
 * @param {(changes: Record<string, any>) => void} change
 */
export function years(root, scene, address, shown, change) {
  const spans = scene.edges.id.map((_, at) => span(scene, at)).filter((each) => each !== null);
  if (!spans.length) {
    root.replaceChildren(h("p", { class: "quiet small" }, "No source tells when any of these links held, so there is nothing to choose by year."));
    return;
  }
  let [first, last] = [Infinity, -Infinity];
  for (const [from, to] of spans) [first, last] = [Math.min(first, from), Math.max(last, to)];
  if (last - first > 150) first = last - 150;
  if (first === last) {
    const undated = scene.edges.id.length - spans.length;
    root.replaceChildren(h("p", { class: "quiet small" }, `Every link of which a source tells a day is known from ${first}${undated ? `; of ${plural(undated, "link")} none tells` : ""}. There is nothing to choose by year.`));
    return;
  }
  const many = new Array(last - first + 1).fill(0);
  for (const [from, to] of spans) for (let year = Math.max(first, from); year <= to; year++) many[year - first]++;
  const top = Math.max(...many);
  const [since, until] = [address.since ?? first, address.until ?? last];
  const step = WIDE / many.length;
  const svg = drawn("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  for (const [at, count] of many.entries()) {
    const high = (count / top) * (HIGH - 2);
    const inside = at + first >= since && at + first <= until;
    svg.append(drawn("rect", { x: at * step, y: HIGH - high, width: Math.max(0.5, step - 1), height: high, class: inside ? "in" : "not" }));
  }
  /**
   * @param {string} name
   * @param {string} label
   * @param {number} value
   */
  const end = (name, label, value) => {
    const input = h("input", { type: "range", min: first, max: last, value, "aria-label": label, "data-end": name });
    input.addEventListener("change", () => {
      const ends = ["since", "until"].map((each) => Number(/** @type {HTMLInputElement} */ (root.querySelector(`[data-end=${each}]`)).value));
      const [low, high] = [Math.min(...ends), Math.max(...ends)];
      change({ since: low > first ? low : null, until: high < last ? high : null });
    });
    input.addEventListener("input", () => {
      const output = /** @type {HTMLElement} */ (root.querySelector("output"));
      const ends = ["since", "until"].map((each) => Number(/** @type {HTMLInputElement} */ (root.querySelector(`[data-end=${each}]`)).value));
      output.textContent = `${Math.min(...ends)} – ${Math.max(...ends)}`;
    });
    return input;
  };
  const undated = scene.edges.id.length - spans.length;
  const timed = address.since !== null || address.until !== null;
  const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.end;
  root.replaceChildren(
    h("h2", {}, "Years in which links are known to hold"),
    svg,
    h("div", { class: "ends" }, end("since", "Since", since), end("until", "Until", until)),
    h(
      "p",
      { class: "small" },
      h("output", {}, `${since} – ${until}`),
      h("span", { class: "quiet" }, `  ${first} to ${last} known. ${plural(undated, "link")} without a known year${timed ? `, ${plural(shown.undated, "link")} left out for it` : ""}.`),
      timed && h("button", { type: "button", class: "plain", onclick: () => change({ since: null, until: null }) }, "All years"),
    ),
  );
  if (focused) /** @type {HTMLElement | null} */ (root.querySelector(`[data-end=${focused}]`))?.focus();
}
