/** The legs of flows as a Sankey diagram, read from the tables beside it. */

import { sankey, sankeyJustify, sankeyLinkHorizontal } from "d3-sankey";

/**
 * @typedef {{ id: string, label: string, role: string }} Stop
 * @typedef {{ source: string, target: string, value: number, low: number | null, high: number | null, leg: string,
 *   domain: string, told: string }} Join
 */

const SVG = "http://www.w3.org/2000/svg";
/** Pixels that a letter of a name takes, at most, and the most that is left for names at one side. */
const LETTER = 6.4;
const SIDE = 250;
const ROLES = ["origin", "transit", "destination", ""];

/**
 * @param {HTMLElement} section with an empty svg and a place for a note
 * @param {HTMLElement} main holds the tables
 */
export function diagram(section, main) {
  const svg = /** @type {SVGSVGElement} */ (section.querySelector("svg"));
  const note = /** @type {HTMLElement} */ (section.querySelector("[data-sankey-note]"));
  const { stops, joins, left } = read(main);
  if (!joins.length) return;
  section.hidden = false;
  const known = joins.filter((join) => join.value > 0);
  const most = Math.max(0, ...known.map((join) => join.value));
  // A leg without a figure still needs some width to be laid out; it is drawn thin and dashed inside it.
  const least = known.length ? most / 6 : 1;
  const width = Math.max(720, section.clientWidth - 4);
  const height = Math.max(240, Math.min(1400, 26 * Math.max(joins.length, stops.length)));
  const ends = new Set(joins.map((join) => join.target));
  const [from, to] = [stops.filter((stop) => !ends.has(stop.id)), stops.filter((stop) => ends.has(stop.id))];
  const layout =
    /** @type {import("d3-sankey").SankeyLayout<import("d3-sankey").SankeyGraph<Stop, Join>, Stop, Join>} */
    (/** @type {unknown} */ (sankey()));
  const graph = layout
    .nodeId((stop) => stop.id)
    .nodeAlign(sankeyJustify)
    .nodeWidth(10)
    .nodePadding(16)
    .extent([[room(from), 8], [width - room(to), height - 8]])({
      nodes: stops,
      links: joins.map((join) => ({ ...join, value: Math.max(join.value, least) })),
    });
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  const path = sankeyLinkHorizontal();
  for (const link of [...graph.links].sort((a, b) => (b.width ?? 0) - (a.width ?? 0))) {
    const group = add(svg, "g", { class: `map-flow domain-${link.domain}` });
    group.dataset.leg = link.leg;
    const d = path(/** @type {any} */ (link)) ?? "";
    const title = add(group, "title", {});
    title.textContent = link.told;
    if (link.high === null && link.low === null) {
      add(group, "path", { class: "map-unknown", d });
      continue;
    }
    const whole = Math.max(link.low ?? 0, link.high ?? 0);
    // The room may be more than the figure needs, so that the smallest ones can still be told apart.
    const wide = Math.max(2.5, ((link.width ?? 1) * whole) / Math.max(whole, least));
    add(group, "path", { class: link.high === null ? "map-outer map-open" : "map-outer", d, "stroke-width": wide });
    add(group, "path", { class: "map-inner", d, "stroke-width": Math.max(1.5, (wide * (link.low ?? 0)) / whole) });
  }
  for (const node of graph.nodes) {
    const { x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = node;
    const group = add(svg, "g", { class: "sankey-stop" });
    group.dataset.place = node.id.split("|")[0];
    add(group, "rect", { class: `role-${node.role || "place"}`, x: x0, y: y0, width: x1 - x0, height: Math.max(2, y1 - y0) });
    const first = !node.targetLinks?.length;
    const text = add(group, "text", {
      x: first ? x0 - 5 : x1 + 5,
      y: (y0 + y1) / 2 + 4,
      "text-anchor": first ? "end" : "start",
    });
    text.textContent = node.label;
    if (node.role === "transit") {
      const role = add(text, "tspan", { class: "sankey-role", dx: 5 });
      role.textContent = node.role;
    }
  }
  const without = joins.length - known.length;
  const parts = [];
  if (!known.length) parts.push("No leg has a figure of this kind, so that all are drawn alike, thin and dashed.");
  else if (without) parts.push(`${without} of ${joins.length} legs have no figure of this kind and are thin and dashed.`);
  if (left) parts.push(`${left} leg${left === 1 ? "" : "s"} would lead back round; only the table has ${left === 1 ? "it" : "them"}.`);
  note.textContent = parts.join(" ");
}

/** @param {Element} parent @param {string} name @param {Record<string, string | number>} attributes @returns {SVGElement} */
function add(parent, name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  parent.append(made);
  return /** @type {SVGElement} */ (made);
}

/** Stops are places in a role; a leg that would close a circle is left out and counted. @param {HTMLElement} main */
function read(main) {
  /** @type {Map<string, Stop>} */
  const stops = new Map();
  /** @type {Join[]} */
  const joins = [];
  /** @type {Map<string, Set<string>>} */
  const after = new Map();
  let left = 0;
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (main.querySelectorAll(".legs tr[data-to]"))) {
    const { from = "", fromLabel = "", fromRole = "", to = "", toLabel = "", toRole = "", low, high, leg = "" } = row.dataset;
    const source = `${from}|${fromRole}`;
    const target = `${to}|${toRole}`;
    if (reaches(after, target, source)) {
      left += 1;
      continue;
    }
    after.set(source, (after.get(source) ?? new Set()).add(target));
    stops.set(source, { id: source, label: fromLabel, role: ROLES.includes(fromRole) ? fromRole : "" });
    stops.set(target, { id: target, label: toLabel, role: ROLES.includes(toRole) ? toRole : "" });
    const bounds = [low, high].map((bound) => (bound === undefined ? null : Number(bound)));
    joins.push({
      source,
      target,
      low: bounds[0],
      high: bounds[1],
      value: Math.max(bounds[0] ?? 0, bounds[1] ?? 0),
      leg,
      domain: row.dataset.domain ?? "other",
      told: `${row.dataset.flow}: ${fromLabel} to ${toLabel}; ${row.dataset.told ?? "no figure"}`,
    });
  }
  return { stops: [...stops.values()], joins, left };
}

/** Whether one stop leads to another. @param {Map<string, Set<string>>} after @param {string} from @param {string} to */
function reaches(after, from, to) {
  const seen = new Set([from]);
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    for (const next of after.get(at) ?? [])
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
  }
  return false;
}

/**
 * Pixels that the longest name takes.
 * @param {Stop[]} stops
 */
function room(stops) {
  return Math.min(SIDE, 20 + LETTER * Math.max(0, ...stops.map((stop) => stop.label.length)));
}
