// The network explorer. The address is the state: whatever a person does changes it, and the page follows.

import { asked, changed, read } from "./explorer/address.js";
import { counted, h, onDark, plural } from "./explorer/dom.js";
import { exportsOf, png } from "./explorer/exports.js";
import { finder, finders } from "./explorer/finder.js";
import { legend } from "./explorer/legend.js";
import { Picture } from "./explorer/picture.js";
import { fetched, first, LARGE, Refused, visible } from "./explorer/scene.js";
import { table } from "./explorer/table.js";
import { waiting } from "./explorer/waiting.js";
import { years } from "./explorer/years.js";

const NO_WEBGL = "This browser draws no WebGL: the picture is drawn by the server.";
/** What stays when a filter changes. */
const KEPT = ["open", "connect", "suggest", "without", "hide", "since", "until", "mark", "colour", "size", "sort", "tab"];

finders(document);
const root = /** @type {HTMLElement | null} */ (document.querySelector("[data-explorer]:not([data-nothing])"));
if (root) explore(root);
else waiting();

/** @param {HTMLElement} root */
function explore(root) {
  const api = root.dataset.api ?? "";
  const name = root.dataset.kind ?? "network";
  /** @param {string} which */
  const part = (which) => /** @type {HTMLElement} */ (root.querySelector(`[data-${which}]`));
  const [canvas, plain, keys, panel, said, chips, tables, brush, files, tools] = ["canvas", "plain", "keys", "panel", "said", "chips", "tables", "years", "exports", "tools"].map(part);

  let address = read(location.href);
  let asking = new AbortController();
  // What is drawn is on its way while WebGL gets ready. A refusal is told where it is waited for.
  /** @type {Promise<import("./explorer/scene.js").Scene> | null} */
  let begun = first(address, asking.signal);
  begun.catch(() => {});
  /** @type {import("./explorer/scene.js").Scene | null} */
  let scene = null;
  /** @type {ReturnType<typeof visible> | null} */
  let shown = null;
  /** @type {Picture | null} */
  let picture = null;
  let following = 0;
  let telling = new AbortController();
  let panelOf = address.select ? panelKey(address) : "";
  /** How far one has gone in this page, and how far one can go forward again. */
  let [here, most] = [Number(history.state?.explored ?? 0), Number(history.state?.explored ?? 0)];

  const surface = h("div", { class: "surface", tabindex: 0, role: "group", "aria-label": "The network as a picture. Arrow keys move it, plus and minus zoom, 0 shows all, Escape lets go. The tables below hold the same." });
  surface.hidden = true;
  canvas.append(surface);
  const note = h("p", { class: "note", role: "status" });
  canvas.append(note);

  /** @param {string} text */
  const say = (text) => {
    note.textContent = text;
  };

  /**
   * @param {URLSearchParams} query
   * @param {boolean} [quietly] not as a step that one can go back
   */
  function go(query, quietly = false) {
    const text = query.toString();
    const url = location.pathname + (text ? `?${text}` : "");
    if (url === location.pathname + location.search) return;
    if (quietly) history.replaceState({ explored: here }, "", url);
    else {
      most = ++here;
      history.pushState({ explored: here }, "", url);
    }
    follow();
  }
  /**
   * @param {Record<string, any>} changes
   * @param {boolean} [quietly]
   */
  const change = (changes, quietly) => go(changed(new URLSearchParams(location.search), changes), quietly);

  async function follow() {
    const before = address;
    address = read(location.href);
    exportsOf(files, api, new URLSearchParams(asked(address.query)));
    buttons();
    if (!scene || before.fetched !== address.fetched) await load(before);
    else if (before.query.toString() !== address.query.toString()) show(before);
    tell();
  }

  /** @param {import("./explorer/address.js").Address} before */
  async function load(before) {
    if (!begun) {
      asking.abort();
      asking = new AbortController();
    }
    const { signal } = asking;
    const coming = begun ?? fetched(api, address, signal);
    begun = null;
    canvas.setAttribute("aria-busy", "true");
    const waiting = setTimeout(() => say("Drawing…"), 250);
    try {
      const next = await coming;
      if (signal.aborted) return;
      const added = scene ? next.nodes.id.length - scene.nodes.id.length : 0;
      scene = next;
      say(scene && added && before.base === address.base ? `${plural(Math.abs(added), "node")} ${added > 0 ? "added" : "taken away"}.` : picture ? "" : NO_WEBGL);
      if (picture) picture.draw(scene);
      show(before);
    } catch (error) {
      if (signal.aborted) return;
      say(error instanceof Refused ? error.message : "The server could not be reached. What is shown is what was there before.");
      note.classList.add("wrong");
      return;
    } finally {
      clearTimeout(waiting);
      if (!signal.aborted) canvas.removeAttribute("aria-busy");
    }
    note.classList.remove("wrong");
  }

  /** @param {import("./explorer/address.js").Address} [before] */
  function show(before) {
    if (!scene) return;
    shown = visible(scene, address);
    if (picture) {
      if (!before || before.at !== address.at) picture.look(address.at);
      picture.show(address, shown);
      if (address.select && (!before || before.select !== address.select)) picture.reveal(address.select.split("~")[0]);
    } else without();
    legend(keys, scene, address, change);
    count();
    clearTimeout(following);
    if (picture && scene.nodes.id.length > LARGE) {
      // Those of the server would be laid out only to be replaced.
      if (!root.dataset.drawn) tables.setAttribute("aria-busy", "true");
      requestAnimationFrame(() => (following = setTimeout(beside)));
    } else beside();
    root.dataset.drawn = String(Number(root.dataset.drawn ?? 0) + 1);
  }

  /** What stands beneath the picture; of a large one it is told when that is there. */
  function beside() {
    if (!scene || !shown) return;
    years(brush, scene, address, shown, change);
    table(tables, scene, address, shown, change);
    tables.removeAttribute("aria-busy");
  }

  /** Without WebGL the server draws the same view. */
  function without() {
    const theme = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    const source = `${api}?${changed(new URLSearchParams(asked(address.query)), { format: "svg", theme })}`;
    plain.replaceChildren(h("img", { src: source, alt: `${scene?.about.title}. The tables below hold the same.` }));
  }

  function words() {
    if (!scene || !shown) return [];
    const { total } = scene;
    const lines = [`${counted(shown.nodesShown)} of ${counted(Math.max(total.nodes, scene.nodes.id.length))} nodes, ${counted(shown.edgesShown)} of ${counted(Math.max(total.edges, scene.edges.id.length))} links shown`];
    const left = filters().map(([text]) => text);
    if (left.length) lines.push(left.join("; "));
    return lines;
  }

  /** What filters and highlights, each with what takes it away. @returns {[string, Record<string, any>, boolean][]} */
  function filters() {
    if (!scene) return [];
    /** @type {[string, Record<string, any>, boolean][]} */
    const found = [];
    const minus = (/** @type {Set<string>} */ set, /** @type {string} */ key) => [...set].filter((each) => each !== key);
    for (const key of address.hide) found.push([`Left out: ${scene.looks.find((each) => each.key === key)?.label ?? key}`, { hide: minus(address.hide, key) }, false]);
    for (const key of address.without) found.push([`Left out: ${scene.strokes.find((each) => each.kind === key)?.label ?? key}`, { without: minus(address.without, key) }, false]);
    if (address.since || address.until) found.push([`Years: ${address.since ?? "…"} to ${address.until ?? "…"}`, { since: null, until: null }, false]);
    if (address.mark) {
      const [what, key] = [address.mark.split(":")[0], address.mark.slice(address.mark.indexOf(":") + 1)];
      const label = what === "look" ? scene.looks.find((each) => each.key === key)?.label : what === "kind" ? scene.strokes.find((each) => each.kind === key)?.label : `community ${key}`;
      found.push([`Highlighted: ${label ?? key}`, { mark: null }, true]);
    }
    return found;
  }

  function count() {
    if (!scene || !shown) return;
    const { about, total } = scene;
    const cut = scene.edges.id.length < total.edges ? ` Drawn are the strongest ${counted(scene.edges.id.length)} links, the first of each node before the second of any.` : "";
    const fewer = scene.nodes.id.length < total.nodes ? ` The ${counted(scene.nodes.id.length)} most connected nodes are in the picture.` : "";
    said.replaceChildren(h("strong", {}, words()[0]), h("span", { class: "quiet" }, `${fewer}${cut}${about.suggested ? ` ${about.suggested}.` : ""}`));
    const mine = filters().map(([text, changes, lit]) =>
      h("li", { class: lit ? "chip lit" : "chip" }, text, h("button", { type: "button", "aria-label": `Remove ${text}`, onclick: () => change(changes) }, "×")),
    );
    const opened = address.open.map((text) => {
      const [id, kind, many] = text.split("~");
      const at = scene?.nodes.id.indexOf(id) ?? -1;
      const label = at >= 0 ? scene?.nodes.label[at] : id;
      const what = many === "0" ? `Added: ${label}` : `Opened: ${label}${kind ? `, ${scene?.strokes.find((each) => each.kind === kind)?.label ?? kind}` : ""}`;
      return h("li", { class: "chip" }, what, h("button", { type: "button", "aria-label": `Collapse ${what}`, onclick: () => change({ open: address.open.filter((other) => other !== text) }) }, "×"));
    });
    const moved = address.pin.size ? [h("li", { class: "chip" }, `${plural(address.pin.size, "node")} moved`, h("button", { type: "button", "aria-label": "Put moved nodes back", onclick: () => change({ pin: null }) }, "×"))] : [];
    chips.replaceChildren(...opened, ...moved, ...mine);
  }

  /** What is selected, as the server tells it. */
  async function tell() {
    const key = panelKey(address);
    if (key === panelOf) return;
    panelOf = key;
    telling.abort();
    telling = new AbortController();
    const { signal } = telling;
    const waiting = setTimeout(() => panel.setAttribute("aria-busy", "true"), 200);
    try {
      const query = changed(new URLSearchParams(asked(address.query)), { select: address.select });
      const reply = await fetch(`${location.pathname}/panel?${query}`, { signal, headers: { Accept: "text/html" } });
      const text = await reply.text();
      if (!reply.ok) throw new Error(text);
      const body = new DOMParser().parseFromString(text, "text/html").body;
      panel.replaceChildren(...[...body.childNodes].map((node) => document.adoptNode(node)));
      finders(panel);
      if (address.select && matchMedia("(max-width: 60rem)").matches) panel.scrollIntoView({ block: "nearest" });
    } catch {
      if (signal.aborted) return;
      panelOf = "";
      panel.replaceChildren(h("p", { role: "alert" }, "What is selected could not be read."));
    } finally {
      clearTimeout(waiting);
      if (!signal.aborted) panel.removeAttribute("aria-busy");
    }
  }

  /** @type {[HTMLButtonElement, HTMLButtonElement]} */
  let steps;
  const buttons = () => {
    steps[0].disabled = here <= 0;
    steps[1].disabled = here >= most;
  };

  function toolbar() {
    /**
     * @param {string} label
     * @param {string} title
     * @param {() => void} act
     */
    const button = (label, title, act) => /** @type {HTMLButtonElement} */ (h("button", { type: "button", class: "tool", title, "aria-label": /\w/.test(label) ? null : title, onclick: act }, label));
    steps = [button("Undo", "Undo (Ctrl+Z)", () => history.back()), button("Redo", "Redo (Ctrl+Shift+Z)", () => history.forward())];
    const rest = h("div", { class: "acts" }, ...steps, button("Collapse all", "Collapse all that was opened", () => change({ open: null, select: null })), button("Reset", "Take away every filter and highlight", () => change({ hide: null, without: null, since: null, until: null, mark: null, select: null })));
    tools.append(rest);
    if (picture) {
      const zoom = h("div", { class: "zoom", role: "group", "aria-label": "Zoom" });
      for (const [label, title, way] of /** @type {const} */ ([["+", "Nearer", "in"], ["−", "Further", "out"], ["All", "Show all (0)", "all"]])) zoom.append(button(label, title, () => picture?.zoom(way)));
      canvas.append(zoom);
      const all = h("a", { href: "#", class: "png" }, "PNG");
      all.addEventListener("click", (event) => {
        event.preventDefault();
        if (picture && scene) png(picture, scene, words(), name);
      });
      files.append(" · ", all);
    }
    addEventListener("keydown", (event) => {
      const typing = event.target instanceof HTMLInputElement && event.target.type !== "range" && event.target.type !== "checkbox";
      if (typing || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      const step = key === "z" ? (event.shiftKey ? 1 : -1) : key === "y" ? 1 : 0;
      if (!step || (step < 0 ? here <= 0 : here >= most)) return;
      event.preventDefault();
      history.go(step);
    });
    buttons();
  }

  function search() {
    const input = /** @type {HTMLInputElement} */ (root.querySelector("[data-seek]"));
    input.form?.addEventListener("submit", (event) => event.preventDefault());
    /** @param {string} id */
    const state = (id) => {
      const at = scene?.nodes.id.indexOf(id) ?? -1;
      if (at < 0 || !scene) return "not in the picture";
      if (shown?.node[at]) return "in the picture";
      return `left out by the filter on ${scene.looks[scene.nodes.look[at]].label}`;
    };
    finder(input, {
      kinds: ["actor", "programme", "place", "flow", "instrument", "domain"],
      note: (found) => state(found.id),
      choose: (found) => {
        input.value = "";
        const at = scene?.nodes.id.indexOf(found.id) ?? -1;
        if (at >= 0 && scene && !shown?.node[at]) {
          const { key, label } = scene.looks[scene.nodes.look[at]];
          say(`${found.label} was left out; ${label} is shown again.`);
          change({ hide: [...address.hide].filter((each) => each !== key), select: found.id });
        } else change({ select: found.id });
      },
    });
  }

  addEventListener("popstate", () => {
    here = Number(history.state?.explored ?? 0);
    follow();
  });
  root.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("a");
    const mouse = /** @type {MouseEvent} */ (event);
    if (!link || mouse.button || mouse.ctrlKey || mouse.metaKey || mouse.shiftKey || link.hasAttribute("download")) return;
    if (link.dataset.select) {
      event.preventDefault();
      change({ select: link.dataset.select });
    } else if (link.pathname === location.pathname && !link.hash && (panel.contains(link) || "view" in link.dataset)) {
      event.preventDefault();
      const next = new URLSearchParams(link.search);
      // What the server wrote knows nothing of how the picture is looked at now.
      if (panel.contains(link)) for (const key of ["mark", "colour", "size", "at", "sort", "tab", "row"]) {
        const value = address.query.get(key);
        if (value && !next.has(key)) next.set(key, value);
      }
      if (panel.contains(link)) for (const key of ["pin", "without", "hide", "since", "until"]) {
        next.delete(key);
        for (const value of address.query.getAll(key)) next.append(key, value);
      }
      go(next);
    }
  });
  // A new filter asks for another page; what was opened, left out and highlighted goes along.
  root.querySelector("form[data-filters]")?.addEventListener("formdata", (event) => {
    const { formData } = /** @type {FormDataEvent} */ (event);
    for (const [key, value] of [...formData]) if (!value) formData.delete(key);
    for (const [key, value] of address.query) if (KEPT.includes(key) && !formData.has(key)) formData.append(key, value);
  });
  const loaded = [...address.query];
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (root.querySelectorAll(".inforce a.remove")))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const left = [...new URLSearchParams(link.search)].map(String);
      const gone = loaded.filter((pair) => !left.includes(String(pair)));
      location.assign(`${location.pathname}?${new URLSearchParams([...address.query].filter((pair) => !gone.some((other) => String(other) === String(pair)) && !["at", "pin"].includes(pair[0])))}`);
    });

  try {
    surface.hidden = false;
    picture = new Picture(surface, {
      select: (id) => change({ select: id || null }),
      moved: (id, x, y) => {
        const pins = address.query.getAll("pin").filter((text) => text.split("~")[0] !== id);
        change({ pin: [...pins, `${id}~${x}~${y}`] });
      },
      camera: (at) => {
        const query = changed(new URLSearchParams(location.search), { at: at || null });
        const text = query.toString();
        history.replaceState({ explored: here }, "", location.pathname + (text ? `?${text}` : ""));
        address = read(location.href);
      },
    });
    root.dataset.webgl = "yes";
  } catch {
    picture = null;
    surface.remove();
    root.dataset.webgl = "no";
    say(NO_WEBGL);
  }
  toolbar();
  search();
  onDark(() => show(address));
  addEventListener("resize", () => picture && shown && picture.show(address, shown));
  follow().then(() => {
    if (picture && scene) plain.remove();
  });
}

/** @param {import("./explorer/address.js").Address} address */
function panelKey(address) {
  return address.select ? `${address.select} ${address.fetched}` : "";
}
