// Elements made of plain texts: nothing that was loaded ever becomes markup.

/**
 * @param {string} name
 * @param {Record<string, any>} [attributes] `on…` are listeners, `class` and others attributes; null leaves one out
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * A mark of the legend, in the colour of its kind.
 * @param {string} path
 * @param {string} colour
 */
export function mark(path, colour) {
  const svg = drawn("svg", { viewBox: "-11 -11 22 22", width: 18, height: 18, "aria-hidden": "true" });
  svg.append(drawn("path", { d: path, fill: colour }));
  return svg;
}

/**
 * A line of the legend, with its dash.
 * @param {number[]} dash
 * @param {string} colour
 */
export function line(dash, colour) {
  const svg = drawn("svg", { viewBox: "0 0 30 10", width: 30, height: 10, "aria-hidden": "true" });
  svg.append(drawn("line", { x1: 1, y1: 5, x2: 29, y2: 5, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dash.join(" ") || "none" }));
  return svg;
}

/**
 * @param {string} name
 * @param {Record<string, any>} attributes
 * @returns {SVGElement}
 */
export function drawn(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** @param {number} number */
export const counted = (number) => number.toLocaleString("en-GB");

/**
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 */
export const plural = (number, one, many = `${one}s`) => `${counted(number)} ${number === 1 ? one : many}`;

/** Whether the system is dark, or the page was set so. */
export function dark() {
  const set = document.documentElement.dataset.theme;
  return set ? set === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/**
 * Tell when it changes.
 * @param {() => void} tell
 */
export function onDark(tell) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  new MutationObserver(tell).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
}

/** Whether nothing should move by itself. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
