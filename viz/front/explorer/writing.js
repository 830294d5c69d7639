// What is written on the picture: names where there is room, communities on their discs, a ring round what is selected.

import { communityColour, ink, mixed, paper } from "./colours.js";

/** Nodes from which communities are named in the picture. */
const CROWDED = 300;
const MOST_NAMES = 90;
/** Nodes for which room is looked for at each move. */
const MOST_TRIED = 3_000;

export class Writing {
  /** @param {import("./picture.js").Picture} picture */
  constructor(picture) {
    this.picture = picture;
    this.renderer = picture.renderer;
    this.discs = this.layer("discs", { beforeLayer: "edges" });
    this.names = this.layer("names", { beforeLayer: "hovers" });
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

  /** Discs and names of communities, and a ring round what is selected. */
  write() {
    const { discs, names, renderer } = this;
    const { scene, address } = this.picture;
    const { width, height } = renderer.getDimensions();
    for (const context of [discs, names]) context.clearRect(0, 0, width, height);
    if (!scene || !address) return;
    const marked = address.mark.startsWith("community:");
    /** @type {number[][]} */
    const taken = [];
    if (scene.nodes.id.length > CROWDED || address.colour === "community" || marked) this.communities(scene, address, taken);
    this.labels(scene, taken);
    for (const id of address.select ? address.select.split("~") : []) {
      const there = this.picture.display(id);
      if (!there || there.hidden) continue;
      const { x, y } = renderer.framedGraphToViewport(there);
      names.strokeStyle = ink(this.picture.night);
      names.lineWidth = 2;
      names.beginPath();
      names.arc(x, y, renderer.scaleSize(there.size) + 4, 0, 2 * Math.PI);
      names.stroke();
    }
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
    for (const at of this.picture.order) {
      if (++tried > MOST_TRIED) break;
      const there = renderer.getNodeDisplayData(at);
      if (!there || there.hidden) continue;
      const { x, y } = renderer.framedGraphToViewport(there);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const size = renderer.scaleSize(there.size);
      if (large && size < 4.5 && !this.picture.lit) continue;
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
          names.strokeStyle = paper(this.picture.night);
          names.lineWidth = 3.5;
          names.strokeText(line, start, top + 11 + 14 * n);
          names.fillStyle = ink(this.picture.night);
          names.fillText(line, start, top + 11 + 14 * n);
        }
      }
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
        const colour = address.colour === "community" ? communityColour(each.number, this.picture.night) : this.picture.night ? "#8b95a1" : "#9a968b";
        discs.fillStyle = mixed(colour, paper(this.picture.night), 0.92);
        discs.strokeStyle = mixed(colour, paper(this.picture.night), 0.6);
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
      names.strokeStyle = paper(this.picture.night);
      names.strokeText(text, x, middle.y + 4);
      names.fillStyle = ink(this.picture.night);
      names.fillText(text, x, middle.y + 4);
    }
    names.textAlign = "left";
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {any} node
   */
  hover(context, node) {
    const { nodes } = /** @type {import("./scene.js").Scene} */ (this.picture.scene);
    const text = nodes.label[Number(node.key)];
    context.font = this.font(600);
    const wide = context.measureText(text).width;
    const right = node.x + node.size + 7 + wide < this.renderer.getDimensions().width - 8;
    const x = right ? node.x + node.size + 9 : Math.max(8, node.x - node.size - 9 - wide);
    context.fillStyle = paper(this.picture.night);
    context.strokeStyle = ink(this.picture.night);
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(x - 5, node.y - 11, wide + 10, 22, 3);
    context.fill();
    context.stroke();
    context.beginPath();
    context.arc(node.x, node.y, node.size + 4, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.stroke();
    context.fillStyle = ink(this.picture.night);
    context.fillText(text, x, node.y + 4.5);
  }

  /** @param {number} weight */
  font(weight) {
    return `${weight} 12.5px ${this.renderer.getSetting("labelFont")}`;
  }
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
