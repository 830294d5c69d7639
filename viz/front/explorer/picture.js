// The picture on its canvas: sigma with our marks. It shows what the address says and tells what a person does.

import Graph from "graphology";
import Sigma from "sigma";

import { dark, still } from "./dom.js";
import { dashOf, Line, LineToPick, Mark, reach, SHAPES, Stroke, Unused } from "./marks.js";
import { Sliding } from "./sliding.js";

/** Links from which plain lines are drawn: no dash, no head, all pixels alike; but for what is only suggested. */
export const MANY_LINKS = 8_000;
/** The kind of link that no source tells of. */
export const SUGGESTED = "should-meet";
/** Links up to which one can be clicked. */
const MOST_CLICKED = 20_000;
/** Nodes from which communities are named in the picture. */
const CROWDED = 300;
/** Nodes up to which one can be moved. */
const MOST_HELD = 2_000;
const MOST_NAMES = 90;
/** Nodes for which room is looked for at each move. */
const MOST_TRIED = 3_000;
const COMMUNITIES = [
  ["#0a66a3", "#5cb6ee"],
  ["#c2410c", "#f58b57"],
  ["#00765a", "#35c79c"],
  ["#a03e7c", "#e39ac6"],
  ["#7d6300", "#e6d24a"],
  ["#2b7fb0", "#8fd0f5"],
  ["#b45f00", "#f0a63a"],
  ["#3f454c", "#c3c9cf"],
];
const GREY = ["#8a9096", "#7d848b"];

/**
 * The colour of a community: eight of the largest have one of their own.
 * @param {number} number from 1
 * @param {boolean} night
 */
export const communityColour = (number, night) => (COMMUNITIES[number - 1] ?? GREY)[night ? 1 : 0];

/**
 * @typedef {object} Handlers
 * @property {(select: string) => void} select
 * @property {(id: string, x: number, y: number) => void} moved
 * @property {(at: string) => void} camera
 */

export class Picture {
  /**
   * @param {HTMLElement} container
   * @param {Handlers} handlers
   */
  constructor(container, handlers) {
    this.container = container;
    this.handlers = handlers;
    /** @type {import("./scene.js").Scene | null} */
    this.scene = null;
    /** @type {import("./address.js").Address | null} */
    this.address = null;
    /** @type {ReturnType<typeof import("./scene.js").visible> | null} */
    this.shown = null;
    /** @type {{node: Uint8Array, edge: Uint8Array} | null} */
    this.lit = null;
    this.sizes = new Float32Array(0);
    /** @type {number[]} */
    this.order = [];
    this.strength = 1;
    this.night = dark();
    this.renderer = new Sigma(new Graph({ type: "directed", multi: true }), container, this.settings());
    this.sliding = new Sliding(this.renderer);
    this.discs = this.layer("discs", { beforeLayer: "edges" });
    this.names = this.layer("names", { beforeLayer: "hovers" });
    this.renderer.resize(true);
    this.listen();
  }

  /** @returns {any} */
  settings() {
    return {
      allowInvalidContainer: true,
      // Sigma brings programs of its own, and compiles them, unless their names are taken.
      nodeProgramClasses: { mark: Mark, circle: Unused },
      edgeProgramClasses: { arrow: Unused, line: Unused, stroke: Unused },
      defaultNodeType: "mark",
      defaultEdgeType: "stroke",
      enableEdgeEvents: true,
      labelFont: getComputedStyle(document.body).fontFamily,
      labelSize: 13,
      renderLabels: false,
      stagePadding: 45,
      minCameraRatio: 0.002,
      maxCameraRatio: 4,
      zIndex: true,
      zoomDuration: still() ? 0 : 200,
      inertiaDuration: still() ? 0 : 200,
      doubleClickZoomingDuration: still() ? 0 : 200,
      defaultDrawNodeHover: (/** @type {any} */ context, /** @type {any} */ node) => this.hover(context, node),
      nodeReducer: (/** @type {string} */ _, /** @type {any} */ node) => this.node(node),
      edgeReducer: (/** @type {string} */ _, /** @type {any} */ edge) => this.edge(edge),
    };
  }

  /**
   * @param {string} id
   * @param {any} where
   */
  layer(id, where) {
    this.renderer.createCanvasContext(id, { style: { pointerEvents: "none" }, ...where });
    const canvas = this.renderer.getCanvases()[id];
    return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  }

  listen() {
    const { renderer } = this;
    // What lies under the pointer is read back from the graphics card, which holds up every frame: not while one drags.
    const captor = renderer.getMouseCaptor();
    const finding = /** @type {{getNodeAtPosition: (position: any) => string | null}} */ (/** @type {unknown} */ (renderer));
    const lies = finding.getNodeAtPosition.bind(renderer);
    finding.getNodeAtPosition = (position) => {
      if (this.sliding.away || (captor.isMouseDown && captor.draggedEvents)) return null;
      this.marks().pick();
      return lies(position);
    };
    renderer.on("clickNode", ({ node }) => this.handlers.select(this.id(node)));
    renderer.on("clickEdge", ({ edge }) => this.handlers.select(this.ends(edge)));
    renderer.on("clickStage", () => this.handlers.select(""));
    for (const [event, cursor] of /** @type {const} */ ([
      ["enterNode", "pointer"],
      ["enterEdge", "pointer"],
      ["leaveNode", ""],
      ["leaveEdge", ""],
    ]))
      renderer.on(/** @type {any} */ (event), () => (this.container.style.cursor = cursor));
    renderer.on("afterRender", () => this.overlay());
    let timer = 0;
    renderer.getCamera().on("updated", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.handlers.camera(this.at()), 300);
    });
    this.dragging();
    this.container.addEventListener("keydown", (event) => this.key(event));
  }

  /** What draws the nodes. */
  marks() {
    const { nodePrograms } = /** @type {{nodePrograms: {mark: Mark}}} */ (/** @type {unknown} */ (this.renderer));
    return nodePrograms.mark;
  }

  dragging() {
    const { renderer } = this;
    /** @type {string | null} */
    let held = null;
    let moved = false;
    renderer.on("downNode", ({ node, event }) => {
      // In a crowd one would always hold a node, and never move the picture.
      if (/** @type {MouseEvent} */ (event.original).button || renderer.getGraph().order > MOST_HELD) return;
      held = node;
      moved = false;
    });
    renderer.on("moveBody", ({ event }) => {
      if (!held) return;
      const spot = renderer.viewportToGraph(event);
      renderer.getGraph().mergeNodeAttributes(held, spot);
      moved = true;
      event.preventSigmaDefault();
      event.original.preventDefault();
      event.original.stopPropagation();
    });
    const release = () => {
      if (held && moved) {
        const { x, y } = renderer.getGraph().getNodeAttributes(held);
        this.handlers.moved(this.id(held), Math.round(x * 10) / 10, Math.round(-y * 10) / 10);
      }
      held = null;
    };
    renderer.on("upNode", release);
    renderer.on("upStage", release);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.container) return;
    const camera = this.renderer.getCamera();
    const { x, y, ratio } = camera.getState();
    const step = 0.12 * ratio;
    /** @type {Record<string, any>} */
    const moves = {
      ArrowLeft: { x: x - step },
      ArrowRight: { x: x + step },
      ArrowUp: { y: y + step },
      ArrowDown: { y: y - step },
      "+": { ratio: ratio / 1.4 },
      "=": { ratio: ratio / 1.4 },
      "-": { ratio: ratio * 1.4 },
      0: { x: 0.5, y: 0.5, ratio: 1 },
    };
    if (event.key === "Escape") this.handlers.select("");
    else if (event.key in moves) this.move(moves[event.key]);
    else return;
    event.preventDefault();
  }

  /** @param {Partial<import("sigma/types").CameraState>} state */
  move(state) {
    const camera = this.renderer.getCamera();
    if (still()) camera.setState(state);
    else camera.animate(state, { duration: 150 });
  }

  /** @param {"in" | "out" | "all"} way */
  zoom(way) {
    const { ratio } = this.renderer.getCamera().getState();
    this.move(way === "all" ? { x: 0.5, y: 0.5, ratio: 1 } : { ratio: way === "in" ? ratio / 1.5 : ratio * 1.5 });
  }

  /** Where the camera is, as the address says it; empty where it shows all. */
  at() {
    const { x, y, ratio } = this.renderer.getCamera().getState();
    if (Math.abs(x - 0.5) + Math.abs(y - 0.5) + Math.abs(ratio - 1) < 0.002) return "";
    return [x, y, ratio].map((part) => Number(part.toPrecision(5))).join("~");
  }

  /** @param {string} at */
  look(at) {
    const [x, y, ratio] = at ? at.split("~").map(Number) : [0.5, 0.5, 1];
    if ([x, y, ratio].every(Number.isFinite) && ratio > 0 && at !== this.at()) this.renderer.getCamera().setState({ x, y, ratio });
  }

  /** The id of a node of the graph. @param {string} node */
  id(node) {
    return /** @type {import("./scene.js").Scene} */ (this.scene).nodes.id[Number(node)];
  }

  /** How sigma draws the node of that id. @param {string} id */
  display(id) {
    return this.renderer.getNodeDisplayData(this.scene?.nodes.id.indexOf(id) ?? -1);
  }

  /**
   * Bring a node into view, if it isn't.
   * @param {string} id
   */
  reveal(id) {
    const there = this.display(id);
    if (!there) return;
    const { x, y } = this.renderer.framedGraphToViewport(there);
    const { width, height } = this.renderer.getDimensions();
    if (x > 30 && y > 30 && x < width - 30 && y < height - 30) return;
    this.move({ x: there.x, y: there.y });
  }

  /**
   * Another picture. What it was laid out with decides how it is framed, so that nothing added moves anything.
   * @param {import("./scene.js").Scene} scene
   */
  draw(scene) {
    const graph = new Graph({ type: "directed", multi: true });
    const { nodes, edges } = scene;
    const shape = scene.looks.map((look) => Math.max(0, SHAPES.indexOf(look.shape)));
    // Numbers as keys: sigma finds a hundred thousand of them in an array, names only in a dictionary.
    for (let at = 0; at < nodes.id.length; at++)
      graph.addNode(at, { at, x: nodes.x[at], y: -nodes.y[at], shape: shape[nodes.look[at]], size: 1, color: "#888888" });
    const many = edges.id.length > MANY_LINKS;
    const dash = scene.strokes.map((stroke) => dashOf(stroke.dash));
    const suggested = scene.strokes.findIndex((stroke) => stroke.kind === SUGGESTED);
    const aside = many ? null : twins(edges);
    for (let at = 0; at < edges.id.length; at++) {
      const plain = many && edges.kind[at] !== suggested;
      const size = plain ? 1 : many ? 2 : 1.2 + Math.min(4, Math.sqrt(edges.weight[at]) - 1);
      graph.addDirectedEdgeWithKey(at, edges.source[at], edges.target[at], {
        at,
        size,
        type: plain ? "line" : "stroke",
        dash: dash[edges.kind[at]],
        aside: aside ? aside[at] : 0,
        directed: edges.directed[at] === 1,
        color: "#888888",
      });
    }
    this.scene = scene;
    this.address = null;
    const base = Math.max(1, scene.base);
    /** @type {[number, number]} */
    const x = extent(nodes.x, base, 1);
    const y = extent(nodes.y, base, -1);
    const { renderer } = this;
    this.waiting = graph;
    const clicked = edges.id.length <= MOST_CLICKED;
    // Strokes are drawn after lines: what is suggested lies on what is known.
    const line = !many ? Unused : clicked ? LineToPick : Line;
    const stroke = many && suggested < 0 ? Unused : Stroke;
    const drawn = /** @type {any} */ (renderer.getSetting("edgeProgramClasses"));
    if (drawn.line !== line || drawn.stroke !== stroke)
      renderer.setSettings(/** @type {any} */ ({ enableEdgeEvents: clicked, edgeProgramClasses: { arrow: Unused, line, stroke } }));
    this.sliding.large = many || nodes.id.length > MOST_HELD;
    renderer.setCustomBBox({ x, y });
  }

  /**
   * What of the picture is shown, and how.
   * @param {import("./address.js").Address} address
   * @param {ReturnType<typeof import("./scene.js").visible>} shown
   */
  show(address, shown) {
    const scene = /** @type {import("./scene.js").Scene} */ (this.scene);
    const graph = this.waiting ?? this.renderer.getGraph();
    this.night = dark();
    this.address = address;
    this.shown = shown;
    this.lit = highlighted(scene, address);
    this.sizes = sized(scene, address.size, this.container);
    const count = scene.nodes.id.length;
    reach.pixels = count > 2_000 ? 5 : 12;
    this.strength = shown.edgesShown > 20_000 ? 0.28 : shown.edgesShown > 3_000 ? 0.45 : 0.85;
    this.order = important(scene, this.sizes, this.lit, address);
    for (let at = 0; at < count; at++) {
      const pinned = address.pin.get(scene.nodes.id[at]);
      if (pinned || this.pinned?.has(scene.nodes.id[at])) {
        const [x, y] = pinned ?? [scene.nodes.x[at], scene.nodes.y[at]];
        graph.mergeNodeAttributes(at, { x, y: -y });
      }
    }
    this.pinned = new Set(address.pin.keys());
    if (this.waiting) {
      this.waiting = undefined;
      this.renderer.setGraph(/** @type {any} */ (graph));
    } else this.renderer.refresh({ skipIndexation: false });
  }

  /** @param {any} node */
  node(node) {
    const { scene, address, shown, lit } = this;
    if (!scene || !address || !shown) return node;
    const at = node.at;
    if (!shown.node[at]) return Object.assign(node, { hidden: true });
    let color = scene.looks[scene.nodes.look[at]].colour[this.night ? 1 : 0];
    if (address.colour === "community") color = communityColour(scene.values.community?.[at] ?? 99, this.night);
    const chosen = address.select && address.select.split("~").includes(scene.nodes.id[at]);
    const dim = lit && !lit.node[at];
    if (dim) color = mixed(color, this.paper(), 0.78);
    node.color = color;
    node.size = this.sizes[at] * (chosen ? 1.35 : 1);
    node.zIndex = chosen ? 3 : dim ? 0 : 1;
    return node;
  }

  /** @param {any} edge */
  edge(edge) {
    const { scene, address, shown, lit } = this;
    if (!scene || !address || !shown) return edge;
    if (!shown.edge[edge.at]) return Object.assign(edge, { hidden: true });
    const stroke = scene.strokes[scene.edges.kind[edge.at]];
    let color = stroke.colour[this.night ? 1 : 0];
    const bright = lit ? lit.edge[edge.at] : stroke.kind === SUGGESTED;
    if (lit && !bright) color = mixed(color, this.paper(), 0.87);
    else if (!bright && this.strength < 1) color = mixed(color, this.paper(), 1 - this.strength);
    edge.color = color;
    if (address.select.includes("~") && address.select === this.endsAt(edge.at)) edge.size += 2;
    edge.zIndex = bright ? 2 : 0;
    return edge;
  }

  paper() {
    return this.night ? "#1a2028" : "#ffffff";
  }

  ink() {
    return this.night ? "#e7eaed" : "#17212b";
  }

  /** @param {string} edge */
  ends(edge) {
    return this.endsAt(this.renderer.getGraph().getEdgeAttribute(edge, "at"));
  }

  /** @param {number} at */
  endsAt(at) {
    const { nodes, edges } = /** @type {import("./scene.js").Scene} */ (this.scene);
    return `${nodes.id[edges.source[at]]}~${nodes.id[edges.target[at]]}`;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {any} node
   */
  hover(context, node) {
    const { nodes } = /** @type {import("./scene.js").Scene} */ (this.scene);
    const text = nodes.label[Number(node.key)];
    context.font = this.font(600);
    const wide = context.measureText(text).width;
    const right = node.x + node.size + 7 + wide < this.renderer.getDimensions().width - 8;
    const x = right ? node.x + node.size + 9 : Math.max(8, node.x - node.size - 9 - wide);
    context.fillStyle = this.paper();
    context.strokeStyle = this.ink();
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(x - 5, node.y - 11, wide + 10, 22, 3);
    context.fill();
    context.stroke();
    context.beginPath();
    context.arc(node.x, node.y, node.size + 4, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.stroke();
    context.fillStyle = this.ink();
    context.fillText(text, x, node.y + 4.5);
  }

  /** @param {number} weight */
  font(weight) {
    return `${weight} 12.5px ${this.renderer.getSetting("labelFont")}`;
  }

  /**
   * Names of nodes where there is room for them, the most important first; none lies on another.
   * @param {import("./scene.js").Scene} scene
   * @param {number[][]} taken boxes that have something in them
   */
  labels(scene, taken) {
    const { names, renderer } = this;
    const { width, height } = renderer.getDimensions();
    const large = scene.nodes.id.length > 2_000;
    names.font = this.font(400);
    names.lineJoin = "round";
    /** @type {number[][]} */
    const marks = [];
    let tried = 0;
    /** @type {[number, number, number, number][]} */
    const seen = [];
    for (const at of this.order) {
      if (++tried > MOST_TRIED) break;
      const there = renderer.getNodeDisplayData(at);
      if (!there || there.hidden) continue;
      const { x, y } = renderer.framedGraphToViewport(there);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const size = renderer.scaleSize(there.size);
      if (large && size < 4.5 && !this.lit) continue;
      seen.push([at, x, y, size]);
      if (seen.length < 500) marks.push([x - size, y - size, x + size, y + size]);
    }
    let told = 0;
    for (const [at, x, y, size] of seen) {
      if (told >= MOST_NAMES) break;
      const lines = folded(scene.nodes.label[at]);
      const wide = Math.max(...lines.map((line) => names.measureText(line).width));
      const high = 14 * lines.length;
      const middle = Math.max(4, Math.min(width - wide - 4, x - wide / 2));
      const spots = [[x + size + 4, y - high / 2], [x - size - 4 - wide, y - high / 2], [middle, y + size + 3], [middle, y - size - 3 - high]];
      // A path runs from left to right: beside a node its next link begins.
      if (scene.about.kind === "path") spots.reverse();
      const boxes = spots.map(([left, top]) => [left - 1, top, left + wide + 1, top + high]).filter(([left, top, right, bottom]) => left > 1 && right < width - 1 && top > 0 && bottom < height && !taken.some((other) => meet([left, top, right, bottom], other)));
      // The few that matter most may lie over a node; the others only where nothing is.
      const box = boxes.find((each) => !marks.some((other) => meet(each, other))) ?? (told < 12 ? boxes[0] : undefined);
      if (box) {
        const left = box[0] + 1;
        const top = box[1];
        taken.push(box);
        told++;
        for (const [n, line] of lines.entries()) {
          const start = left < x - wide / 3 && left + wide < x ? left + wide - names.measureText(line).width : left + wide > x && left < x ? left + (wide - names.measureText(line).width) / 2 : left;
          names.strokeStyle = this.paper();
          names.lineWidth = 3.5;
          names.strokeText(line, start, top + 11 + 14 * n);
          names.fillStyle = this.ink();
          names.fillText(line, start, top + 11 + 14 * n);
        }
      }
    }
  }

  /** Discs and names of communities, and a ring round what is selected. */
  overlay() {
    const { scene, address, discs, names, renderer } = this;
    const { width, height } = renderer.getDimensions();
    for (const context of [discs, names]) context.clearRect(0, 0, width, height);
    if (!scene || !address) return;
    const marked = address.mark.startsWith("community:");
    /** @type {number[][]} */
    const taken = [];
    if (scene.nodes.id.length > CROWDED || address.colour === "community" || marked) this.communities(scene, address, taken);
    this.labels(scene, taken);
    for (const id of address.select ? address.select.split("~") : []) {
      const there = this.display(id);
      if (!there || there.hidden) continue;
      const { x, y } = renderer.framedGraphToViewport(there);
      names.strokeStyle = this.ink();
      names.lineWidth = 2;
      names.beginPath();
      names.arc(x, y, renderer.scaleSize(there.size) + 4, 0, 2 * Math.PI);
      names.stroke();
    }
  }

  /**
   * @param {import("./scene.js").Scene} scene
   * @param {import("./address.js").Address} address
   * @param {number[][]} taken
   */
  communities(scene, address, taken) {
    const { discs, names, renderer } = this;
    const { width, height } = renderer.getDimensions();
    const large = scene.nodes.id.length > CROWDED;
    names.font = this.font(650);
    names.textAlign = "center";
    for (const each of scene.communities) {
      const middle = renderer.graphToViewport({ x: each.x, y: -each.y });
      const edge = renderer.graphToViewport({ x: each.x + each.radius, y: -each.y });
      const radius = Math.hypot(edge.x - middle.x, edge.y - middle.y) + 4;
      if (middle.x + radius < 0 || middle.y + radius < 0 || middle.x - radius > width || middle.y - radius > height) continue;
      if (large) {
        const colour = address.colour === "community" ? communityColour(each.number, this.night) : this.night ? "#8b95a1" : "#9a968b";
        discs.fillStyle = mixed(colour, this.paper(), 0.92);
        discs.strokeStyle = mixed(colour, this.paper(), 0.6);
        discs.beginPath();
        discs.arc(middle.x, middle.y, radius, 0, 2 * Math.PI);
        discs.fill();
        discs.stroke();
      }
      if (radius < 14 || radius > 0.45 * width || !large) continue;
      const text = `${each.label.length > 28 ? `${each.label.slice(0, 27)}…` : each.label} +${each.count - 1}`;
      const half = names.measureText(text).width / 2 + 4;
      if (middle.x < 0 || middle.x > width) continue;
      const x = Math.max(half, Math.min(width - half, middle.x));
      const box = [x - half, middle.y - 10, x + half, middle.y + 10];
      if (taken.some((other) => meet(box, other))) continue;
      taken.push(box);
      names.lineJoin = "round";
      names.lineWidth = 4;
      names.strokeStyle = this.paper();
      names.strokeText(text, x, middle.y + 4);
      names.fillStyle = this.ink();
      names.fillText(text, x, middle.y + 4);
    }
    names.textAlign = "left";
  }

  /** What is on the canvases now, as one. */
  copied() {
    this.renderer.refresh({ skipIndexation: true, schedule: false });
    const layers = [...this.container.querySelectorAll("canvas")];
    const whole = document.createElement("canvas");
    [whole.width, whole.height] = [layers[0].width, layers[0].height];
    const context = /** @type {CanvasRenderingContext2D} */ (whole.getContext("2d"));
    context.fillStyle = this.paper();
    context.fillRect(0, 0, whole.width, whole.height);
    for (const layer of layers) context.drawImage(layer, 0, 0);
    return whole;
  }
}

/**
 * @param {number[]} values
 * @param {number} many the first so many
 * @param {number} sign
 * @returns {[number, number]}
 */
function extent(values, many, sign) {
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < Math.min(many, values.length); at++) {
    low = Math.min(low, sign * values[at]);
    high = Math.max(high, sign * values[at]);
  }
  if (low > high) return [0, 1];
  return high - low < 300 ? [(low + high) / 2 - 150, (low + high) / 2 + 150] : [low, high];
}

/**
 * Pixels by which links between the same two nodes stand beside one another.
 * @param {import("./scene.js").Scene["edges"]} edges
 */
function twins(edges) {
  const aside = new Float32Array(edges.id.length);
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (let at = 0; at < aside.length; at++) {
    const [low, high] = [Math.min(edges.source[at], edges.target[at]), Math.max(edges.source[at], edges.target[at])];
    const nth = seen.get(`${low} ${high}`) ?? 0;
    seen.set(`${low} ${high}`, nth + 1);
    aside[at] = Math.ceil(nth / 2) * 5 * (nth % 2 ? 1 : -1) * (edges.source[at] === low ? 1 : -1);
  }
  return aside;
}

/**
 * What is highlighted: what is selected with what is beside it, else what is marked; null where nothing is.
 * @param {import("./scene.js").Scene} scene
 * @param {import("./address.js").Address} address
 */
function highlighted(scene, address) {
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
function sized(scene, by, container) {
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
function important(scene, sizes, lit, address) {
  const { id, links } = scene.nodes;
  const rank = Float32Array.from(sizes);
  for (const chosen of address.select ? address.select.split("~") : []) rank[id.indexOf(chosen)] += 1e4;
  const all = [];
  for (let at = 0; at < rank.length; at++) if (!lit || lit.node[at]) all.push(at);
  return all.sort((one, other) => rank[other] - rank[one] || links[other] - links[one] || one - other);
}

/**
 * A name in at most two lines.
 * @param {string} text
 */
function folded(text) {
  if (text.length <= 26) return [text];
  const half = text.lastIndexOf(" ", Math.max(22, Math.min(30, text.length / 2 + 3)));
  const lines = half > 5 ? [text.slice(0, half), text.slice(half + 1)] : [text];
  return lines.map((line) => (line.length > 32 ? `${line.slice(0, 31).trimEnd()}…` : line));
}

/**
 * @param {number[]} one
 * @param {number[]} other
 */
const meet = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

/** @type {Map<string, string>} */
const mixes = new Map();

/**
 * A colour with a share of another in it, opaque: half transparent ones vanish on white.
 * @param {string} colour
 * @param {string} other
 * @param {number} share
 */
export function mixed(colour, other, share) {
  const key = `${colour}${other}${share}`;
  let found = mixes.get(key);
  if (!found) {
    const [one, two] = [colour, other].map((text) => Number.parseInt(text.slice(1), 16));
    const part = (/** @type {number} */ shift) =>
      Math.round(((one >> shift) & 255) * (1 - share) + ((two >> shift) & 255) * share);
    found = `#${((1 << 24) | (part(16) << 16) | (part(8) << 8) | part(0)).toString(16).slice(1)}`;
    mixes.set(key, found);
  }
  return found;
}
