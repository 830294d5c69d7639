// The legend: always there; a box leaves a kind out, its name highlights it. With it how the picture is coloured.

import { communityColour } from "./colours.js";
import { counted, dark, h, line, mark } from "./dom.js";
import { MANY_LINKS, SUGGESTED } from "./picture.js";

/**
 * @param {HTMLElement} root
 * @param {import("./scene.js").Scene} scene
 * @param {import("./address.js").Address} address
 * @param {(changes: Record<string, any>) => void} change
 */
export function legend(root, scene, address, change) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.key;
  const night = dark() ? 1 : 0;
  /**
   * @param {"hide" | "without"} filter
   * @param {Set<string>} out
   * @param {string} key
   * @param {string} what
   * @param {Node} sign
   * @param {string} label
   * @param {number} count
   */
  const row = (filter, out, key, what, sign, label, count) => {
    const lit = address.mark === `${what}:${key}`;
    const toggle = () => {
      const next = new Set(out);
      if (!next.delete(key)) next.add(key);
      change({ [filter]: [...next].sort() });
    };
    return h(
      "li",
      { class: out.has(key) ? "out" : "" },
      h("label", {}, h("input", { type: "checkbox", checked: !out.has(key), onchange: toggle, "data-key": `${what}:${key}:box`, "aria-label": `Show ${label}` })),
      h(
        "button",
        { type: "button", "aria-pressed": String(lit), title: "Highlight", "data-key": `${what}:${key}`, onclick: () => change({ mark: lit ? null : `${what}:${key}` }) },
        sign,
        h("span", { class: "label" }, label),
        h("span", { class: "n" }, counted(count)),
      ),
    );
  };
  const plain = scene.edges.id.length > MANY_LINKS;
  const dash = (/** @type {import("./scene.js").Stroke} */ stroke) => (plain && stroke.kind !== SUGGESTED ? [] : stroke.dash);
  const measures = Object.keys(scene.values);
  const told = scene.about.measured ?? {};
  const sizes = [["links", "links"], ...measures.filter((name) => name !== "community").map((name) => [name, name]), ["same", "nothing"]];
  root.replaceChildren(
    h("h2", {}, "Nodes"),
    h("ul", { class: "rows" }, ...scene.looks.map((look) => row("hide", address.hide, look.key, "look", mark(look.path, look.colour[night]), look.label, look.count))),
    h("h2", {}, "Links"),
    h("ul", { class: "rows" }, ...scene.strokes.map((stroke) => row("without", address.without, stroke.kind, "kind", line(dash(stroke), stroke.colour[night]), stroke.label, stroke.count))),
    ...(plain ? [h("p", { class: "quiet small" }, "Among so many, links are thin and full; only what is suggested is dashed. Highlight a kind to see where it is.")] : []),
    h("h2", {}, "Drawn by"),
    choice("Colour", "colour", [["kind", "kind"], ...(scene.values.community ? [["community", "community"]] : [])], address.colour, change),
    choice("Size", "size", sizes, address.size, change),
    ...(told[address.size] ? [h("p", { class: "quiet small" }, `${sentence(address.size)}: ${told[address.size]}${address.size === "constraint" ? "; the lower, the larger it is drawn" : ""}.`)] : []),
    choice("Connect by", "connect", [["", "nothing"], ["place", "place"], ["domain", "domain"], ["funder", "funder"]], address.query.get("connect") ?? "", change),
    h(
      "label",
      { class: "tick" },
      h("input", { type: "checkbox", checked: address.query.get("suggest") === "yes", "data-key": "suggest", onchange: (/** @type {any} */ event) => change({ suggest: event.target.checked ? "yes" : null }) }),
      " Suggest who should meet",
    ),
    ...(address.colour === "community" ? communities(scene, address, change) : []),
  );
  if (focused) /** @type {HTMLElement | null} */ (root.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus();
}

/**
 * @param {import("./scene.js").Scene} scene
 * @param {import("./address.js").Address} address
 * @param {(changes: Record<string, any>) => void} change
 */
function communities(scene, address, change) {
  const night = dark();
  return [
    h("h2", {}, "Communities"),
    h("p", { class: "quiet small" }, `${sentence("community")}: ${scene.about.measured?.community ?? ""}. The eight largest have a colour of their own.`),
    h(
      "ul",
      { class: "rows" },
      ...scene.communities.slice(0, 12).map((each) => {
        const lit = address.mark === `community:${each.number}`;
        return h(
          "li",
          {},
          h(
            "button",
            { type: "button", "aria-pressed": String(lit), "data-key": `community:${each.number}`, onclick: () => change({ mark: lit ? null : `community:${each.number}` }) },
            mark("M-8 0A8 8 0 1 0 8 0A8 8 0 1 0 -8 0Z", communityColour(each.number, night)),
            h("span", { class: "label" }, `${each.number}. ${each.label}`),
            h("span", { class: "n" }, counted(each.count)),
          ),
        );
      }),
    ),
  ];
}

/**
 * @param {string} title
 * @param {string} name
 * @param {string[][]} of
 * @param {string} value
 * @param {(changes: Record<string, any>) => void} change
 */
function choice(title, name, of, value, change) {
  const defaults = ["kind", "links", ""];
  return h(
    "label",
    { class: "choice" },
    h("span", {}, title),
    h(
      "select",
      { "data-key": name, onchange: (/** @type {any} */ event) => change({ [name]: defaults.includes(event.target.value) ? null : event.target.value }) },
      ...of.map(([key, label]) => h("option", { value: key, selected: key === value }, label)),
    ),
  );
}

/** @param {string} text */
export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
