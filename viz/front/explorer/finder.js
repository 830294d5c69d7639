// Fields in which one types a name and picks what it is of: by any of its names, as the server finds them.

import { h } from "./dom.js";

/**
 * @typedef {{id: string, label: string, kind: string, matched: string}} Found
 * @typedef {{note: string, choose?: () => void}} Told
 */

let number = 0;

/**
 * Make a combobox of `input`.
 * @param {HTMLInputElement} input
 * @param {object} options
 * @param {string[]} [options.kinds] only these kinds of thing
 * @param {(found: Found) => void} options.choose
 * @param {(found: Found) => string} [options.note] what else to say of one
 */
export function finder(input, { kinds = [], choose, note }) {
  const id = `found-${++number}`;
  const list = h("ul", { id, role: "listbox", class: "found", "aria-label": "Found", hidden: true });
  const said = h("span", { class: "skip", role: "status" });
  const box = h("span", { class: "finder" });
  input.replaceWith(box);
  box.append(input, list, said);
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", id], ["aria-autocomplete", "list"], ["autocomplete", "off"]])
    input.setAttribute(name, value);
  /** @type {Found[]} */
  let results = [];
  let at = -1;
  let timer = 0;
  let asking = new AbortController();

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    at = -1;
  };
  /** @param {number} next */
  const point = (next) => {
    at = (next + results.length) % results.length;
    for (const [n, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(n === at));
    input.setAttribute("aria-activedescendant", `${id}-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  /** @param {Found} found */
  const take = (found) => {
    close();
    choose(found);
  };
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const text = input.value.trim();
    if (text.length < 2) return close();
    try {
      const reply = await fetch(`/api/search?limit=40&q=${encodeURIComponent(text)}`, { signal: asking.signal });
      const body = await reply.json();
      results = (body.results ?? []).filter((/** @type {Found} */ each) => !kinds.length || kinds.includes(each.kind)).slice(0, 10);
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "AbortError") said.textContent = "The search could not be reached.";
      return;
    }
    list.replaceChildren(
      ...results.map((found, n) =>
        h(
          "li",
          { id: `${id}-${n}`, role: "option", "aria-selected": "false", onmousedown: (/** @type {Event} */ e) => e.preventDefault(), onclick: () => take(found) },
          h("span", {}, found.label),
          h("span", { class: "quiet small" }, ` ${[found.kind, found.matched !== found.label && `as ${found.matched}`, note?.(found)].filter(Boolean).join(", ")}`),
        ),
      ),
    );
    said.textContent = results.length ? `${results.length} found` : "Nothing has a name like that.";
    if (!results.length) list.append(h("li", { class: "quiet" }, "Nothing has a name like that."));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  input.addEventListener("input", () => {
    delete input.dataset.id;
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "ArrowDown" && results.length && !list.hidden) point(at + 1);
    else if (event.key === "ArrowUp" && results.length && !list.hidden) point(at < 0 ? -1 : at - 1);
    else if (event.key === "Enter" && at >= 0 && !list.hidden) take(results[at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/**
 * The fields of a page that name a thing: what is picked is sent by its id, and its name is what is seen.
 * @param {ParentNode} root
 */
export function finders(root) {
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll("input[data-finder]"))) {
    const form = /** @type {HTMLFormElement} */ (input.form);
    const door = form.dataset.open;
    const kinds = (input.dataset.finder ?? "").split(" ").filter(Boolean);
    finder(input, {
      kinds,
      choose: (found) => {
        if (door) return void location.assign(door + encodeURIComponent(found.id));
        input.value = found.label;
        input.dataset.id = found.id;
        const rest = [...form.elements].filter((each) => each instanceof HTMLInputElement && each.required && !each.value);
        /** @type {HTMLElement} */ (rest[0] ?? form.querySelector("button"))?.focus();
      },
    });
    form.addEventListener("formdata", (event) => {
      if (input.dataset.id) event.formData.set(input.name, input.dataset.id);
    });
  }
}
