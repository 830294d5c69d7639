// The same as the picture, as tables that can be sorted and walked through by keyboard.

import { counted, h } from "./dom.js";
import { sentence } from "./legend.js";

const ROWS = 50;

/**
 * @param {HTMLElement} root
 * @param {import("./scene.js").Scene} scene
 * @param {import("./address.js").Address} address
 * @param {ReturnType<typeof import("./scene.js").visible>} shown
 * @param {(changes: Record<string, any>) => void} change
 */
export function table(root, scene, address, shown, change) {
  const links = address.tab === "links";
  const columns = links ? linkColumns(scene) : nodeColumns(scene);
  const descends = address.sort.startsWith("-");
  const name = address.sort.replace("-", "");
  const by = columns.find((each) => each.name === name) ?? columns[links ? 0 : 2];
  const rows = ordered(links ? shown.edge : shown.node, by, descends);
  const from = Math.max(0, Math.min(Number(address.query.get("row") ?? 0), Math.floor((rows.length - 1) / ROWS) * ROWS));
  const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.key;
  const tab = (/** @type {string} */ key, /** @type {string} */ label, /** @type {number} */ count) =>
    h("button", { type: "button", class: "tab", "aria-pressed": String((address.tab === "links") === (key === "links")), "data-key": `tab:${key}`, onclick: () => change({ tab: key === "nodes" ? null : key, sort: null, row: null }) }, `${label} (${counted(count)})`);
  root.replaceChildren(
    h("div", { class: "tabs" }, tab("nodes", "Nodes", shown.nodesShown), tab("links", "Links", shown.edgesShown)),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "group", "aria-label": links ? "Links shown" : "Nodes shown" },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ...columns.map((each) =>
              h(
                "th",
                { scope: "col", class: each.number ? "number" : "", "aria-sort": each.name === by.name ? (descends ? "descending" : "ascending") : "none" },
                h(
                  "button",
                  { type: "button", "data-key": `sort:${each.name}`, title: each.about ?? "Sort", onclick: () => change({ sort: each.name === by.name && descends === Boolean(each.number) ? (descends ? each.name : `-${each.name}`) : `${each.number ? "-" : ""}${each.name}`, row: null }) },
                  each.title,
                ),
              ),
            ),
          ),
        ),
        h(
          "tbody",
          {},
          ...rows.slice(from, from + ROWS).map((at) => {
            const id = links ? ends(scene, at) : scene.nodes.id[at];
            return h(
              "tr",
              { "aria-current": address.select === id ? "true" : null },
              ...columns.map((each) => {
                const text = each.text(at);
                const opens = each.opens?.(at);
                return h("td", { class: each.number ? "number" : "" }, opens ? h("a", { href: `?select=${encodeURIComponent(opens)}`, "data-select": opens, "data-key": `${each.name}:${opens}` }, text) : text);
              }),
            );
          }),
        ),
      ),
    ),
    h(
      "p",
      { class: "pages small" },
      rows.length ? `${counted(from + 1)} to ${counted(Math.min(rows.length, from + ROWS))} of ${counted(rows.length)} shown ` : "Nothing is shown. ",
      from > 0 && h("button", { type: "button", class: "plain", "data-key": "before", onclick: () => change({ row: from - ROWS || null }) }, "Before"),
      from + ROWS < rows.length && h("button", { type: "button", class: "plain", "data-key": "after", onclick: () => change({ row: from + ROWS }) }, "Next"),
    ),
  );
  if (focused) /** @type {HTMLElement | null} */ (root.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus();
}

/**
 * @typedef {{name: string, title: string, about?: string, number?: boolean, value: (at: number) => any, text: (at: number) => string, opens?: (at: number) => string}} Column
 */

/**
 * @param {import("./scene.js").Scene} scene
 * @returns {Column[]}
 */
function nodeColumns(scene) {
  const { nodes, values } = scene;
  /** @type {Column[]} */
  const columns = [
    { name: "name", title: "Name", value: (at) => nodes.label[at], text: (at) => nodes.label[at], opens: (at) => nodes.id[at] },
    { name: "kind", title: "Kind", value: (at) => scene.looks[nodes.look[at]].label, text: (at) => scene.looks[nodes.look[at]].label },
    { name: "links", title: "Links", number: true, about: "links in all, also those that are not drawn", value: (at) => nodes.links[at], text: (at) => counted(nodes.links[at]) },
  ];
  const { distance } = nodes;
  if (distance) columns.push({ name: "distance", title: "Steps away", number: true, value: (at) => distance[at], text: (at) => String(distance[at] ?? "–") });
  for (const [name, column] of Object.entries(values))
    columns.push({ name, title: sentence(name), number: true, about: scene.about.measured?.[name], value: (at) => column[at], text: (at) => told(column[at]) });
  return columns;
}

/** @param {number | null} value */
const told = (value) => (value === null ? "–" : Number.isInteger(value) ? counted(value) : value.toFixed(3));

/**
 * @param {import("./scene.js").Scene} scene
 * @returns {Column[]}
 */
function linkColumns(scene) {
  const { nodes, edges } = scene;
  const source = (/** @type {number} */ at) => nodes.label[edges.source[at]];
  const target = (/** @type {number} */ at) => nodes.label[edges.target[at]];
  const kind = (/** @type {number} */ at) => scene.strokes[edges.kind[at]].label;
  return [
    { name: "from", title: "From", value: source, text: source, opens: (at) => nodes.id[edges.source[at]] },
    { name: "link", title: "Link", value: kind, text: kind, opens: (at) => ends(scene, at) },
    { name: "to", title: "To", value: target, text: target, opens: (at) => nodes.id[edges.target[at]] },
    { name: "since", title: "Known from", value: (at) => edges.from[at], text: (at) => edges.from[at] ?? "–" },
    { name: "until", title: "to", value: (at) => edges.to[at], text: (at) => edges.to[at] ?? "–" },
    { name: "weight", title: "Weight", number: true, about: "how many programmes, where actors work together", value: (at) => edges.weight[at], text: (at) => counted(edges.weight[at]) },
  ];
}

/**
 * @param {import("./scene.js").Scene} scene
 * @param {number} at
 */
const ends = ({ nodes, edges }, at) => `${nodes.id[edges.source[at]]}~${nodes.id[edges.target[at]]}`;

const words = new Intl.Collator("en");

/**
 * The numbers of what is there, in order; what is unknown comes last either way.
 * @param {Uint8Array} there
 * @param {Column} by
 * @param {boolean} descends
 */
function ordered(there, by, descends) {
  /** @type {number[]} */
  const rows = [];
  for (let at = 0; at < there.length; at++) if (there[at]) rows.push(at);
  const values = new Map(rows.map((at) => [at, by.value(at)]));
  const sign = descends ? -1 : 1;
  return rows.sort((one, other) => {
    const [a, b] = [values.get(one), values.get(other)];
    if (a === null || b === null) return a === b ? one - other : a === null ? 1 : -1;
    return sign * (by.number ? a - b : words.compare(a, b)) || one - other;
  });
}
