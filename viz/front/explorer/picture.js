// The picture on its canvas: sigma with our marks. It shows what the address says and tells what a person does.

import Graph from "graphology";
import Sigma from "sigma";

import { communityColour, mixed, paper } from "./colours.js";
import { dark, still } from "./dom.js";
import { highlighted, important, sized } from "./emphasis.js";
import { dashOf, Line, LineToPick, Mark, reach, SHAPES, Stroke, Unused } from "./marks.js";
import { Sliding } from "./sliding.js";
import { Writing } from "./writing.js";

/** Links from which plain lines are drawn: no dash, no head, all pixels alike; but for what is only suggested. */
export const MANY_LINKS = 8_000;
/** The kind of link that no source tells of. */
export const SUGGESTED = "should-meet";
/** Links up to which one can be clicked. */
const MOST_CLICKED = 20_000;
/** Nodes up to which one can be moved. */
const MOST_HELD = 2_000;
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
    /** @type {string[]} the nodes that lie where a person put them */
    this.pinned = [];
    this.night = dark();
    this.renderer = new Sigma(new Graph({ type: "directed", multi: true }), container, this.settings());
    this.sliding = new Sliding(this.renderer);
    this.writing = new Writing(this);
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
      defaultDrawNodeHover: (/** @type {any} */ context, /** @type {any} */ node) => this.writing.hover(context, node),
      nodeReducer: (/** @type {string} */ _, /** @type {any} */ node) => this.node(node),
      edgeReducer: (/** @type {string} */ _, /** @type {any} */ edge) => this.edge(edge),
    };
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
    renderer.on("afterRender", () => this.writing.write());
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
    // Numbers as keys: sigma finds a hundred thousand of them in an array, names only in a dictionary. Written out once.
    const key = nodes.id.map((_, at) => String(at));
    for (let at = 0; at < key.length; at++)
      graph.addNode(key[at], { at, x: nodes.x[at], y: -nodes.y[at], shape: shape[nodes.look[at]], size: 1, color: "#888888" });
    const many = edges.id.length > MANY_LINKS;
    const dash = scene.strokes.map((stroke) => dashOf(stroke.dash));
    const suggested = scene.strokes.findIndex((stroke) => stroke.kind === SUGGESTED);
    const aside = many ? null : twins(edges);
    for (let at = 0; at < edges.id.length; at++) {
      const plain = many && edges.kind[at] !== suggested;
      const size = plain ? 1 : many ? 2 : 1.2 + Math.min(4, Math.sqrt(edges.weight[at]) - 1);
      graph.addDirectedEdgeWithKey(at, key[edges.source[at]], key[edges.target[at]], {
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
    for (const id of new Set([...address.pin.keys(), ...this.pinned])) {
      const at = scene.nodes.id.indexOf(id);
      if (at < 0) continue;
      const [x, y] = address.pin.get(id) ?? [scene.nodes.x[at], scene.nodes.y[at]];
      graph.mergeNodeAttributes(at, { x, y: -y });
    }
    this.pinned = [...address.pin.keys()];
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
    if (dim) color = mixed(color, paper(this.night), 0.78);
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
    if (lit && !bright) color = mixed(color, paper(this.night), 0.87);
    else if (!bright && this.strength < 1) color = mixed(color, paper(this.night), 1 - this.strength);
    edge.color = color;
    if (address.select.includes("~") && address.select === this.endsAt(edge.at)) edge.size += 2;
    edge.zIndex = bright ? 2 : 0;
    return edge;
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

  /** What is on the canvases now, as one. */
  copied() {
    this.renderer.refresh({ skipIndexation: true, schedule: false });
    const layers = [...this.container.querySelectorAll("canvas")];
    const whole = document.createElement("canvas");
    [whole.width, whole.height] = [layers[0].width, layers[0].height];
    const context = /** @type {CanvasRenderingContext2D} */ (whole.getContext("2d"));
    context.fillStyle = paper(this.night);
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
