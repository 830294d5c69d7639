/** The page of gaps: list and map light one another up, a selection lives in the address, who is near is fetched. */

import { linking } from "./map/linking.js";
import { moving } from "./map/moving.js";

const side = /** @type {HTMLElement | null} */ (document.querySelector(".side"));
const figure = /** @type {HTMLElement | null} */ (document.querySelector("[data-map]"));
const map = figure ? moving(figure) : null;
if (side) linking(side);

const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-linked]"));
if (list && side) {
  side.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("svg a[data-place]");
    const mouse = /** @type {MouseEvent} */ (event);
    if (!link || mouse.ctrlKey || mouse.metaKey || mouse.shiftKey) return;
    const url = new URL(/** @type {SVGAElement} */ (link).href.baseVal, location.href);
    if (!url.searchParams.has("focus")) return; // its rows are further down than this page: ask for them
    event.preventDefault();
    history.pushState(null, "", url);
    select(url, true);
  });
  addEventListener("popstate", () => select(new URL(location.href), false));
  addEventListener("keydown", (event) => {
    const url = new URL(location.href);
    if (event.key !== "Escape" || !url.searchParams.has("focus")) return;
    history.pushState(null, "", without(url));
    select(new URL(location.href), false);
  });
  list.addEventListener("toggle", (event) => opened(/** @type {HTMLDetailsElement} */ (event.target)), true);
  list.addEventListener("click", (event) => {
    const summary = /** @type {Element} */ (event.target).closest("summary");
    const row = /** @type {HTMLElement | null} */ (summary?.closest(".gap") ?? null);
    if (!row || summary?.parentElement?.hasAttribute("open")) return;
    const url = new URL(location.href);
    url.searchParams.set("focus", (row.dataset.place ?? "").replace(/^place\//, ""));
    url.hash = row.id;
    history.replaceState(null, "", url);
    select(url, false);
  });
  for (const details of list.querySelectorAll("details[open]")) opened(/** @type {HTMLDetailsElement} */ (details));
  select(new URL(location.href), Boolean(location.hash));
}

/** @param {URL} url */
function without(url) {
  const next = new URL(url);
  next.searchParams.delete("focus");
  next.hash = "";
  return next;
}

/**
 * Make the place that the address names stand out, and come to its first row.
 * @param {URL} url @param {boolean} come
 */
function select(url, come) {
  const wanted = url.searchParams.get("focus");
  const id = wanted && (wanted.includes("/") ? wanted : `place/${wanted.toLowerCase()}`);
  const rows = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".gap"))];
  for (const row of rows) row.toggleAttribute("data-selected", Boolean(id) && row.dataset.place === id);
  for (const mark of document.querySelectorAll("svg [data-place]")) {
    const own = Boolean(id) && /** @type {SVGElement} */ (mark).dataset.place === id;
    if (own) mark.setAttribute("aria-current", "true");
    else mark.removeAttribute("aria-current");
  }
  const first = rows.find((row) => row.hasAttribute("data-selected"));
  tell(first?.dataset.label, url);
  const named = url.hash && document.getElementById(decodeURIComponent(url.hash.slice(1)));
  const target = named || first;
  if (!come || !target) return;
  const details = target.querySelector("details");
  if (details) details.open = true;
  target.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
  if (id) map?.show([id]);
}

/** Whether motion is unwanted. */
function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** What is selected, in words, with the two things that can be done about it. @param {string | undefined} label @param {URL} url */
function tell(label, url) {
  const place = document.querySelector("[data-chosen]");
  if (!place) return;
  place.replaceChildren();
  if (!label) return;
  const only = without(url);
  only.searchParams.set("place", url.searchParams.get("focus") ?? "");
  const strong = document.createElement("strong");
  strong.textContent = label;
  place.append("Selected: ", strong, ". ", link(only, `Only ${label}`), " · ", link(without(url), "End the selection"));
}

/** @param {URL} url @param {string} text */
function link(url, text) {
  const a = document.createElement("a");
  a.href = url.pathname + url.search;
  a.textContent = text;
  return a;
}

/** Fetch who is best placed when a row is opened for the first time. @param {HTMLDetailsElement} details */
async function opened(details) {
  const near = /** @type {HTMLElement | null} */ (details.querySelector("[data-near]"));
  if (!details.open || !near || near.dataset.asked) return;
  near.dataset.asked = "yes";
  const note = document.createElement("p");
  note.className = "loading";
  note.setAttribute("role", "status");
  note.textContent = "Looking who is best placed …";
  near.querySelector(".near-link")?.before(note);
  try {
    const able = await best(near.dataset.near);
    const rows = able.length ? able : await best(near.dataset.any);
    const told = document.createElement("p");
    if (able.length) told.textContent = "Best placed, by specialisation, mandate and ties:";
    else if (rows.length)
      told.textContent = `No source records anybody who does this kind of work. Of those who work on ${near.dataset.domain} at all:`;
    else told.textContent = "No source records anybody who does this kind of work, nor anybody who works on the domain.";
    const found = document.createElement("ol");
    found.className = "near-found";
    for (const row of rows) found.append(placed(row));
    note.replaceWith(told, ...(rows.length ? [found] : []));
  } catch {
    note.textContent = "Who is best placed could not be fetched; the link below asks again.";
    delete near.dataset.asked;
  }
}

/** @param {string | undefined} address @returns {Promise<Placed[]>} */
async function best(address) {
  const reply = await fetch(address ?? "", { headers: { accept: "application/json" } });
  if (!reply.ok) throw new Error(String(reply.status));
  return (await reply.json()).rows;
}

/**
 * @typedef {{ id: string, label: string }} Thing
 * @typedef {{ actor: Thing, quotient: number | null, of_kind: number, here: number, few: boolean, mandate: Thing[],
 *   tied_to: Thing[], obstructed_by: Thing[] }} Placed
 */

/** @param {Placed} row */
function placed(row) {
  const item = document.createElement("li");
  const a = document.createElement("a");
  a.href = `/id/${row.actor.id}`;
  a.textContent = row.actor.label;
  const told = [`${row.of_kind} programme${row.of_kind === 1 ? "" : "s"} of the kind, ${row.here} of them there`];
  if (row.mandate.length) told.push(`mandate: ${row.mandate.map((level) => level.label.toLowerCase()).join(", ")}`);
  if (row.tied_to.length) told.push(`tied to ${row.tied_to.length} who lead such work there`);
  if (row.obstructed_by.length) told.push(`obstructed by ${row.obstructed_by.map((actor) => actor.label).join(", ")}`);
  if (row.quotient !== null) told.push(`specialisation ${row.quotient.toFixed(1)}${row.few ? ", from few programmes" : ""}`);
  const small = document.createElement("span");
  small.className = "quiet small";
  small.textContent = ` ${told.join("; ")}`;
  item.append(a, small);
  return item;
}
