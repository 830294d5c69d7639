/** A map that was drawn on the server gets to move: wheel, drag, pinch, buttons and keys. */

import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import { refine } from "./refining.js";

/** @typedef {{ x: number, y: number, k: number }} Shift */

const NEAR = 24;
const STEP = 1.6;

/**
 * @param {HTMLElement} figure a `[data-map]`
 * @returns {{ show: (places: string[]) => void }}
 */
export function moving(figure) {
  const svg = /** @type {SVGSVGElement} */ (figure.querySelector("svg[role=group]"));
  const world = /** @type {SVGGElement} */ (svg.querySelector(".map-world"));
  const marks = [.../** @type {NodeListOf<SVGGraphicsElement>} */ (svg.querySelectorAll("[data-x]"))];
  const patterns = [.../** @type {NodeListOf<SVGPatternElement>} */ (document.querySelectorAll("pattern[id^=pattern-]"))];
  const turned = patterns.map((pattern) => pattern.getAttribute("patternTransform") ?? "");
  const [, , width, height] = (svg.getAttribute("viewBox") ?? "0 0 1 1").split(" ").map(Number);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const part = /** @type {HTMLElement | null} */ (figure.querySelector(".map-part"));
  let frame = 0;
  /** @type {Shift} */
  let at = zoomIdentity;
  /** Whether somebody has moved it. */
  let moved = false;
  /** What is seen at its own size: all of it, or the middle where a narrow screen gives it a frame less wide. */
  let seen = { wide: width, high: height, cut: false };

  const behaviour = /** @type {import("d3-zoom").ZoomBehavior<SVGSVGElement, unknown>} */ (zoom())
    .scaleExtent([0.5, NEAR])
    .extent([[0, 0], [width, height]])
    .translateExtent([[-width, -height], [2 * width, 2 * height]])
    // The wheel scrolls the page unless Ctrl is held or the map was entered; one finger scrolls, two move the map.
    .filter((event) =>
      event.type === "wheel"
        ? event.ctrlKey || event.metaKey || figure.contains(document.activeElement)
        : event.type.startsWith("touch")
          ? event.touches.length > 1
          : !event.button,
    )
    .on("zoom", (event) => {
      at = event.transform;
      moved ||= Boolean(event.sourceEvent);
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(place);
    })
    .on("end", () => {
      names(marks);
      // Finer outlines are for who moves the map, not for one that opens cut to its middle.
      if (moved && (at.k !== 1 || at.x || at.y)) refine(svg);
    });
  const drawn = select(svg);
  drawn.call(behaviour).on("dblclick.zoom", null);

  /** How much larger marks are drawn, so that a small map keeps them readable. */
  let size = 1;
  function measure() {
    const unit = Math.min(width / (svg.clientWidth || width), height / (svg.clientHeight || height));
    size = Math.min(3.4, Math.max(0.5, unit));
    const was = seen.cut;
    const [wide, high] = [unit * (svg.clientWidth || width), unit * (svg.clientHeight || height)];
    seen = { wide, high, cut: wide < 0.9 * width };
    behaviour.scaleExtent([Math.min(0.5, fit()), NEAR]);
    if (part) part.hidden = !seen.cut;
    if (seen.cut !== was) drawn.call(behaviour.transform, seen.cut ? round(crowd().map((mark) => mark.dataset.place ?? "")) : zoomIdentity);
    place();
    names(marks);
  }

  function place() {
    world.setAttribute("transform", `translate(${at.x} ${at.y}) scale(${at.k})`);
    for (const mark of marks) {
      // A mark that was moved off its neighbours comes back to its spot as there is more room.
      const x = Number(mark.dataset.x) * at.k + at.x + (Number(mark.dataset.dx ?? 0) * size) / at.k;
      const y = Number(mark.dataset.y) * at.k + at.y + (Number(mark.dataset.dy ?? 0) * size) / at.k;
      mark.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})${size === 1 ? "" : ` scale(${size.toFixed(3)})`}`);
      mark.classList.toggle("map-outside", 2 * Math.abs(x - width / 2) > seen.wide || 2 * Math.abs(y - height / 2) > seen.high);
    }
    patterns.forEach((pattern, i) => pattern.setAttribute("patternTransform", `scale(${1 / at.k}) ${turned[i]}`));
  }

  /** @param {number} k @param {number} x @param {number} y */
  const target = (k, x, y) => zoomIdentity.translate(width / 2, height / 2).scale(k).translate(-x, -y);

  /** @param {import("d3-zoom").ZoomTransform} there */
  function go(there) {
    moved = true;
    if (calm.matches) drawn.call(behaviour.transform, there);
    else glide(there);
  }
  /** @param {number} k @param {number} x @param {number} y */
  const to = (k, x, y) => go(target(k, x, y));

  let gliding = 0;
  /** @param {import("d3-zoom").ZoomTransform} target */
  function glide(target) {
    cancelAnimationFrame(gliding);
    const from = { ...at };
    const began = performance.now();
    /** @param {number} now */
    const step = (now) => {
      const part = Math.min(1, Math.max(0, (now - began) / 220));
      const eased = part * (2 - part);
      const k = from.k * (target.k / from.k) ** eased;
      const mix = target.k === from.k ? eased : (k - from.k) / (target.k - from.k);
      const next = zoomIdentity.translate(from.x + (target.x - from.x) * mix, from.y + (target.y - from.y) * mix).scale(k);
      drawn.call(behaviour.transform, next);
      if (part < 1) gliding = requestAnimationFrame(step);
    };
    gliding = requestAnimationFrame(step);
  }

  const centre = () => ({ x: (width / 2 - at.x) / at.k, y: (height / 2 - at.y) / at.k });
  /** @param {number} by */
  const scale = (by) => {
    const { x, y } = centre();
    to(Math.min(NEAR, Math.max(Math.min(0.5, fit()), at.k * by)), x, y);
  };
  /** @param {number} across @param {number} down */
  const pan = (across, down) => {
    const { x, y } = centre();
    to(at.k, x + (across * seen.wide) / 6 / at.k, y + (down * seen.high) / 6 / at.k);
  };
  /** How large all of it is shown. */
  const fit = () => (seen.cut ? seen.wide / width : 1);
  const whole = () => to(fit(), width / 2, height / 2);

  /** Show these places, with some room round them. @param {string[]} places */
  const show = (places) => go(round(places));

  /** @param {string[]} places */
  function round(places) {
    const spots = marks.filter((mark) => places.includes(mark.dataset.place ?? ""));
    if (!spots.length) return zoomIdentity;
    const xs = spots.map((mark) => Number(mark.dataset.x));
    const ys = spots.map((mark) => Number(mark.dataset.y));
    const wide = Math.max(Math.max(...xs) - Math.min(...xs), width / 5);
    const high = Math.max(Math.max(...ys) - Math.min(...ys), height / 5);
    const k = Math.min(8, 0.7 * Math.min(seen.wide / wide, seen.high / high));
    return target(k, (Math.max(...xs) + Math.min(...xs)) / 2, (Math.max(...ys) + Math.min(...ys)) / 2);
  }

  /** The half of the marks that stand nearest to one another. */
  const crowd = () => {
    const found = marks.filter((mark) => mark.dataset.place);
    if (found.length < 4) return found;
    /** @param {SVGGraphicsElement} one */
    const crowded = (one) =>
      found
        .map((two) => Math.hypot(Number(one.dataset.x) - Number(two.dataset.x), Number(one.dataset.y) - Number(two.dataset.y)))
        .sort((a, b) => a - b)[Math.ceil(found.length / 2)];
    const middle = found.reduce((best, mark) => (crowded(mark) < crowded(best) ? mark : best));
    const reach = crowded(middle);
    return found.filter(
      (mark) =>
        Math.hypot(Number(mark.dataset.x) - Number(middle.dataset.x), Number(mark.dataset.y) - Number(middle.dataset.y)) <=
        reach,
    );
  };

  const tools = /** @type {HTMLElement | null} */ (figure.querySelector(".map-tools"));
  if (tools) {
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button");
      const ask = button?.dataset.zoom;
      if (ask === "in") scale(STEP);
      else if (ask === "out") scale(1 / STEP);
      else if (ask === "whole") whole();
      else if (ask === "selected") show(crowd().map((mark) => mark.dataset.place ?? ""));
    });
  }
  const keys = /** @type {HTMLElement | null} */ (figure.querySelector(".map-keys"));
  if (keys) keys.hidden = false;

  const stops = [.../** @type {NodeListOf<SVGAElement>} */ (svg.querySelectorAll("a.map-place"))];
  svg.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const way = WAYS[event.key];
    if (way && event.shiftKey) pan(...way);
    else if (way) step(stops, way);
    else if (event.key === "+" || event.key === "=") scale(STEP);
    else if (event.key === "-") scale(1 / STEP);
    else if (event.key === "0") whole();
    else return;
    event.preventDefault();
  });
  svg.addEventListener("focusin", (event) => {
    const mark = /** @type {SVGGraphicsElement | null} */ (/** @type {Element} */ (event.target).closest("a.map-place"));
    if (mark?.classList.contains("map-outside")) to(at.k, Number(mark.dataset.x), Number(mark.dataset.y));
  });
  figure.dataset.ready = "yes";
  measure();
  rove(stops);
  new ResizeObserver(() => requestAnimationFrame(measure)).observe(svg);
  return { show };
}

/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** One stop of the Tab key for all marks: that which was focused last. @param {SVGAElement[]} stops */
function rove(stops) {
  const first = stops.find((stop) => stop.getAttribute("aria-current")) ?? stops.find((stop) => !stop.matches(".map-crowded"));
  for (const stop of stops) {
    stop.setAttribute("tabindex", stop === first ? "0" : "-1");
    stop.addEventListener("focus", () => {
      for (const other of stops) other.setAttribute("tabindex", other === stop ? "0" : "-1");
    });
  }
}

/** Focus the nearest mark that way. @param {SVGAElement[]} stops @param {[number, number]} way */
function step(stops, [across, down]) {
  const here = stops.find((stop) => stop === document.activeElement);
  if (!here) return;
  let best;
  let least = Infinity;
  for (const stop of stops) {
    const x = Number(stop.dataset.x) - Number(here.dataset.x);
    const y = Number(stop.dataset.y) - Number(here.dataset.y);
    const along = x * across + y * down;
    if (stop === here || along <= 0 || stop.matches(".map-crowded")) continue;
    const cost = along + 2.5 * Math.abs(x * down + y * across);
    if (cost < least) [best, least] = [stop, cost];
  }
  best?.focus();
}

/**
 * Show the names that have room, those of the first marks before the others.
 * @param {SVGGraphicsElement[]} marks
 */
export function names(marks) {
  thin(marks);
  const shown = marks.filter((mark) => !mark.matches(".map-outside, .map-crowded"));
  /** @type {DOMRect[]} */
  const taken = shown.flatMap((mark) => [...mark.querySelectorAll(".map-hit")].map((hit) => hit.getBoundingClientRect()));
  const meet = (/** @type {DOMRect} */ a, /** @type {DOMRect} */ b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  for (const mark of shown) {
    const name = mark.querySelector(".map-name");
    const own = mark.querySelector(".map-hit")?.getBoundingClientRect();
    if (!name || !own) continue;
    const box = name.getBoundingClientRect();
    const free = taken.every((other) => !meet(box, other) || same(other, own));
    name.classList.toggle("map-spare", !free);
    if (free) taken.push(box);
  }
}

/** Pixels that the middles of two things to aim at lie apart at least (WCAG 2.2, 2.5.8). */
const TARGET = 24;

/** Take away marks that lie on one before them: too near to aim at. The list has them all. @param {SVGGraphicsElement[]} marks */
function thin(marks) {
  /** @type {[number, number][]} */
  const kept = [];
  for (const mark of marks) {
    if (!mark.matches("a.map-place")) continue;
    mark.classList.remove("map-crowded");
    const box = mark.querySelector(".map-hit")?.getBoundingClientRect();
    if (!box?.width) continue;
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    const near = kept.some(([left, top]) => Math.hypot(x - left, y - top) < TARGET);
    mark.classList.toggle("map-crowded", near);
    if (!near) kept.push([x, y]);
  }
}

/** @param {DOMRect} a @param {DOMRect} b */
function same(a, b) {
  return a.left === b.left && a.top === b.top;
}
