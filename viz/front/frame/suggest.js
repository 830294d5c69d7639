// Type-ahead, after the combobox pattern of the ARIA Authoring Practices: the list belongs to the field, the focus
// stays in it, and what is typed stands until something is picked.

const WAIT = 120;
const SHOWN = 8;
let lists = 0;

/** @typedef {{ id: string, name: string, about: string, go: string }} Suggestion */

/** @type {Promise<Suggestion[]> | undefined} */
let asked;

/** The questions, fetched once and only when somebody types. @returns {Promise<Suggestion[]>} */
function questions() {
  asked ??= fetch("/api/questions")
    .then((reply) => (reply.ok ? reply.json() : { questions: [] }))
    .then((told) =>
      told.questions.map((/** @type {{name: string, title: string, asks: string}} */ one) => ({
        id: one.name,
        name: one.title,
        about: `Question. ${one.asks}`,
        go: `/questions/${one.name}`,
      })),
    );
  return asked;
}

/**
 * @param {string} text
 * @param {string} type of the reconciliation service; empty for any, and for questions as well
 * @param {AbortSignal} signal
 * @returns {Promise<Suggestion[]>}
 */
async function find(text, type, signal) {
  const sought = new URLSearchParams({ prefix: text });
  if (type) sought.set("type", type);
  const reply = await fetch(`/reconcile/suggest/entity?${sought}`, { signal });
  if (!reply.ok) return [];
  const told = await reply.json();
  /** @type {Suggestion[]} */
  const found = told.result
    .slice(0, SHOWN)
    .map((/** @type {{id: string, name: string, description?: string}} */ one) => ({
      id: one.id,
      name: one.name,
      about: one.description ?? "",
      go: `/id/${one.id}`,
    }));
  if (type) return found;
  const wanted = text.toLowerCase();
  const fitting = (await questions()).filter((one) => one.name.toLowerCase().includes(wanted)).slice(0, 3);
  return [...found.slice(0, SHOWN - fitting.length), ...fitting];
}

/** @param {HTMLInputElement} field */
export function suggest(field) {
  const type = field.dataset.suggest ?? "";
  const goes = "go" in field.dataset;
  const list = document.createElement("ul");
  const said = document.createElement("span");
  const box = document.createElement("span");
  list.id = `suggested-${++lists}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  said.className = "skip";
  said.setAttribute("role", "status");
  box.className = "suggest";
  field.replaceWith(box);
  box.append(field, list, said);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ]) field.setAttribute(name, value);

  /** @type {Suggestion[]} */
  let found = [];
  let active = -1;
  let timer = 0;
  let running = new AbortController();

  const close = () => {
    window.clearTimeout(timer);
    running.abort();
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const mark = (/** @type {number} */ to) => {
    active = found.length ? (to + found.length) % found.length : -1;
    [...list.children].forEach((line, at) => line.setAttribute("aria-selected", String(at === active)));
    const line = list.children[active];
    if (!line) return;
    field.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  };

  const pick = (/** @type {number} */ at) => {
    const one = found[at];
    if (!one) return;
    field.value = one.name;
    field.dataset.id = one.id;
    field.dataset.label = one.name;
    close();
    if (goes) location.assign(one.go);
    else field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const show = () => {
    list.replaceChildren(
      ...found.map((one, at) => {
        const line = document.createElement("li");
        const about = document.createElement("small");
        line.id = `${list.id}-${at}`;
        line.setAttribute("role", "option");
        line.setAttribute("aria-selected", "false");
        about.textContent = one.about;
        line.append(one.name, ...(one.about ? [about] : []));
        line.addEventListener("pointerdown", (event) => event.preventDefault());
        line.addEventListener("click", () => pick(at));
        return line;
      }),
    );
    active = -1;
    list.hidden = found.length === 0;
    field.setAttribute("aria-expanded", String(found.length > 0));
    field.removeAttribute("aria-activedescendant");
    said.textContent = found.length ? `${found.length} suggestions` : "No suggestion";
  };

  const look = async () => {
    running.abort();
    running = new AbortController();
    const text = field.value.trim();
    if (!text) {
      close();
      return;
    }
    try {
      found = await find(text, type, running.signal);
      if (document.activeElement === field) show();
    } catch (error) {
      if (!(error instanceof DOMException)) close(); // a new letter has overtaken this one, or the server is away
    }
  };

  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, WAIT);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) void look();
      else mark(active === -1 && event.key === "ArrowUp" ? found.length - 1 : active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      pick(active);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
}
