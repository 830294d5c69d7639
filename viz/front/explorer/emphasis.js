// What stands out in the picture: what is highlighted, how large each node is, whose names come first.

/**
 * What is highlighted: what is selected with what is beside it, else what is marked; null where nothing is.
 * @param {import("./scene.js").Scene} scene
 * @param {import("./address.js").Address} address
 */
export function highlighted(scene, address) {
  const { nodes, edges } = scene;
  if (!address.select && !address.mark) return null;
  const node = new Uint8Array(nodes.id.length);
  const edge = new Uint8Array(edges.id.length);
  const [what, value] = [address.mark.split(":")[0], address.mark.slice(address.mark.indexOf(":") + 1)];
  if (address.select) {
    const chosen = new Set(address.select.split("~").map((id) => nodes.id.indexOf(id)));
    if (chosen.size === 1 && chosen.has(-1)) return null;
    for (const at of chosen) if (at >= 0) node[at] = 1;
    for (let at = 0; at < edge.length; at++) {
      const [one, other] = [chosen.has(edges.source[at]), chosen.has(edges.target[at])];
      if (chosen.size > 1 ? one && other : one || other) node[edges.source[at]] = node[edges.target[at]] = edge[at] = 1;
    }
  } else if (what === "kind") {
    const kind = scene.strokes.findIndex((stroke) => stroke.kind === value);
    for (let at = 0; at < edge.length; at++)
      if (edges.kind[at] === kind) node[edges.source[at]] = node[edges.target[at]] = edge[at] = 1;
  } else {
    const look = scene.looks.findIndex((each) => each.key === value);
    for (let at = 0; at < node.length; at++)
      node[at] = (what === "look" ? nodes.look[at] === look : scene.values.community?.[at] === Number(value)) ? 1 : 0;
    for (let at = 0; at < edge.length; at++) edge[at] = node[edges.source[at]] && node[edges.target[at]];
  }
  return { node, edge };
}

/**
 * Pixels of each node: by room, and by links or a measure.
 * @param {import("./scene.js").Scene} scene
 * @param {string} by
 * @param {HTMLElement} container
 */
export function sized(scene, by, container) {
  const values = by === "links" ? scene.nodes.links : by === "same" ? null : scene.values[by];
  const room = Math.sqrt((container.clientWidth * container.clientHeight) / Math.max(1, scene.nodes.id.length));
  const unit = Math.max(1, Math.min(5.5, room * 0.11));
  const sizes = new Float32Array(scene.nodes.id.length).fill(unit * 1.2);
  if (!values) return sizes;
  let most = 0;
  for (const value of values) most = Math.max(most, value ?? 0);
  // Low constraint is what stands out: it bridges.
  const turned = by === "constraint";
  for (let at = 0; at < sizes.length; at++) {
    const value = values[at];
    const share = value === null || !most ? 0 : turned ? 1 - Math.min(1, value / most) : value / most;
    sizes[at] = unit * (0.8 + 1.7 * Math.sqrt(share));
  }
  return sizes;
}

/**
 * The nodes in the order in which their names are worth room: what is highlighted, then the largest.
 * @param {import("./scene.js").Scene} scene
 * @param {Float32Array} sizes
 * @param {{node: Uint8Array} | null} lit
 * @param {import("./address.js").Address} address
 */
export function important(scene, sizes, lit, address) {
  const { id, links } = scene.nodes;
  const rank = Float32Array.from(sizes);
  for (const chosen of address.select ? address.select.split("~") : []) rank[id.indexOf(chosen)] += 1e4;
  const all = [];
  for (let at = 0; at < rank.length; at++) if (!lit || lit.node[at]) all.push(at);
  return all.sort((one, other) => rank[other] - rank[one] || links[other] - links[one] || one - other);
}
