// The picture as the server gives it, and what of it is shown.

/**
 * @typedef {{key: string, label: string, colour: [string, string], shape: string, path: string, count: number}} Look
 * @typedef {{kind: string, label: string, colour: [string, string], dash: number[], count: number}} Stroke
 * @typedef {{number: number, label: string, count: number, x: number, y: number, radius: number}} Community
 * @typedef {object} Scene
 * @property {any} about
 * @property {{nodes: number, edges: number}} total
 * @property {{nodes: number, edges: number}} shown
 * @property {Look[]} looks
 * @property {Stroke[]} strokes
 * @property {Community[]} communities
 * @property {{id: string[], label: string[], look: number[], class: (string | null)[], links: number[], distance: (number | null)[] | null, x: number[], y: number[]}} nodes
 * @property {Record<string, (number | null)[]>} values
 * @property {{id: string[], source: number[], target: number[], kind: number[], weight: number[], directed: number[], from: (string | null)[], to: (string | null)[]}} edges
 * @property {any[]} suggestions
 * @property {number} base how many nodes it had before anything was added
 */

/** A refusal of the server, in its own words. */
export class Refused extends Error {}

/** Nodes from which a picture is large: only what is added is fetched, and tables come after it. */
export const LARGE = 5_000;
/** @type {{query: string, scene: Scene} | null} */
let kept = null;

/**
 * The picture of the address with which the page was opened, which the page itself has the browser fetch already.
 * @param {import("./address.js").Address} address
 * @param {AbortSignal} signal
 * @returns {Promise<Scene>}
 */
export function first(address, signal) {
  const begun = /** @type {HTMLLinkElement} */ (document.querySelector('link[rel="preload"][as="fetch"]'));
  return whole(begun.href, address, signal);
}

/**
 * The picture of an address. Of a large one that is known only what was added is fetched.
 * @param {string} api
 * @param {import("./address.js").Address} address
 * @param {AbortSignal} signal
 * @returns {Promise<Scene>}
 */
export async function fetched(api, address, signal) {
  if (kept && kept.query === address.base && kept.scene.nodes.id.length > LARGE) {
    if (address.fetched === address.base) return kept.scene;
    const more = await got(`${api}?${address.fetched}&part=added`, signal);
    return joined(kept.scene, more);
  }
  return whole(`${api}?${address.fetched}`, address, signal);
}

/**
 * @param {string} url
 * @param {import("./address.js").Address} address
 * @param {AbortSignal} signal
 */
async function whole(url, address, signal) {
  const scene = await got(url, signal);
  scene.base = scene.nodes.id.length;
  if (address.fetched === address.base) kept = { query: address.base, scene };
  return scene;
}

/**
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<Scene>}
 */
async function got(url, signal) {
  const reply = await fetch(url, { signal });
  const body = await reply.json();
  if (!reply.ok) throw new Refused(body.detail + (body.expected ? `. Expected: ${body.expected}` : ""));
  return body;
}

/**
 * @param {Scene} base
 * @param {Scene} more
 * @returns {Scene}
 */
function joined(base, more) {
  const look = base.nodes.look.map((at) => lookAt(more.looks, base.looks[at].key));
  const kind = base.edges.kind.map((at) => more.strokes.findIndex((each) => each.kind === base.strokes[at].kind));
  /** @type {any} */
  const nodes = {};
  for (const [name, column] of Object.entries(base.nodes)) {
    const added = /** @type {any} */ (more.nodes)[name];
    nodes[name] = column && [...column, ...(added ?? more.nodes.id.map(() => null))];
  }
  nodes.look = [...look, ...more.nodes.look];
  /** @type {any} */
  const edges = {};
  for (const [name, column] of Object.entries(base.edges)) edges[name] = [...column, .../** @type {any} */ (more.edges)[name]];
  edges.kind = [...kind, ...more.edges.kind];
  /** @type {Record<string, (number | null)[]>} */
  const values = {};
  for (const [name, column] of Object.entries(base.values)) values[name] = [...column, ...more.values[name]];
  return { ...more, nodes, edges, values, communities: base.communities, base: base.nodes.id.length };
}

/**
 * @param {Look[]} looks
 * @param {string} key
 */
const lookAt = (looks, key) => Math.max(0, looks.findIndex((each) => each.key === key));

/**
 * What of the scene is shown under the filters of an address.
 * @param {Scene} scene
 * @param {import("./address.js").Address} address
 */
export function visible(scene, address) {
  const { nodes, edges } = scene;
  const hidden = scene.looks.map((look) => address.hide.has(look.key));
  const left = scene.strokes.map((stroke) => address.without.has(stroke.kind));
  const timed = address.since !== null || address.until !== null;
  const [since, until] = [address.since ?? 1, address.until ?? 9999];
  const node = new Uint8Array(nodes.id.length);
  const edge = new Uint8Array(edges.id.length);
  let nodesShown = 0;
  let edgesShown = 0;
  let undated = 0;
  for (let at = 0; at < node.length; at++) nodesShown += node[at] = hidden[nodes.look[at]] ? 0 : 1;
  for (let at = 0; at < edge.length; at++) {
    if (left[edges.kind[at]] || !node[edges.source[at]] || !node[edges.target[at]]) continue;
    if (timed) {
      const years = span(scene, at);
      if (!years) undated++;
      if (!years || years[1] < since || years[0] > until) continue;
    }
    edge[at] = 1;
    edgesShown++;
  }
  return { node, edge, nodesShown, edgesShown, undated };
}

/**
 * First and last year in which a link is known to hold, or null where no source tells.
 * @param {Scene} scene
 * @param {number} at
 * @returns {[number, number] | null}
 */
export function span(scene, at) {
  const from = scene.edges.from[at] ?? scene.edges.to[at];
  const to = scene.edges.to[at] ?? scene.edges.from[at];
  return from && to ? [Number(from.slice(0, 4)), Number(to.slice(0, 4))] : null;
}
