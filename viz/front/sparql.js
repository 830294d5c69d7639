// Completion of the query: prefixes, classes, properties and codes in a list under the field. The focus stays in the
// field, which works as it is where this script doesn't run.

const SHOWN = 40;
/** What is being typed: a name with a prefix, the start of an IRI, or a word. */
const WORD = /(?:[\w-]*:[\w-]*|<[^<>\s]*|[\w-]+)$/;

/** @typedef {{ name: string, kind: string, label: string, about: string }} Term */
/** @typedef {{ prefixes: Record<string, string>, terms: Term[] }} Terms */

const field = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("textarea[data-terms]"));

/** @type {Promise<Terms> | undefined} */
let asked;

/** The terms, fetched once and only when somebody types. @param {string} url @returns {Promise<Terms>} */
function terms(url) {
  asked ??= fetch(url).then((reply) => (reply.ok ? reply.json() : { prefixes: {}, terms: [] }));
  return asked;
}

/**
 * The terms that fit a word, the best first: by the start of their name, then by any part of name or label.
 * @param {Terms} known
 * @param {string} word
 */
function fitting(known, word) {
  const wanted = word.replace(/^</, "").toLowerCase();
  /** @type {Term[]} */
  const prefixes = Object.entries(known.prefixes).map(([prefix, iri]) => ({ name: `${prefix}:`, kind: "prefix", label: iri, about: "" }));
  /** @param {Term} term */
  const rank = (term) => {
    const name = term.name.toLowerCase();
    const local = name.replace(/^<.*\/id\//, "").replace(/>$/, "");
    if (name.startsWith(wanted) || local.startsWith(wanted)) return 0;
    if (local.slice(local.search(/[:/]/) + 1).startsWith(wanted)) return 1;
    if (term.label.toLowerCase().startsWith(wanted)) return 2;
    return wanted.length > 2 && (local.includes(wanted) || term.label.toLowerCase().includes(wanted)) ? 3 : 9;
  };
  const all = wanted.includes(":") || word.startsWith("<") ? known.terms : [...prefixes, ...known.terms];
  return all
    .map((term, at) => ({ term, at, rank: wanted ? rank(term) : 1 }))
    .filter((each) => each.rank < 9)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .slice(0, SHOWN)
    .map((each) => each.term);
}

/** @param {HTMLTextAreaElement} area */
function complete(area) {
  const box = document.createElement("div");
  const list = document.createElement("ul");
  const said = document.createElement("span");
  box.className = "suggest completion";
  list.id = "completions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Terms that fit");
  list.hidden = true;
  said.className = "skip";
  said.setAttribute("role", "status");
  area.replaceWith(box);
  box.append(area, list, said);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-haspopup", "listbox");
  area.setAttribute("aria-controls", list.id);

  /** @type {Term[]} */
  let found = [];
  let active = -1;

  const word = () => WORD.exec(area.value.slice(0, area.selectionStart))?.[0] ?? "";

  const close = () => {
    list.hidden = true;
    active = -1;
    area.removeAttribute("aria-activedescendant");
  };

  const mark = (/** @type {number} */ to) => {
    active = (to + found.length) % found.length;
    [...list.children].forEach((line, at) => line.setAttribute("aria-selected", String(at === active)));
    const line = list.children[active];
    if (!line) return;
    area.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  };

  const insert = (/** @type {string} */ name, /** @type {Record<string, string>} */ prefixes) => {
    const end = area.selectionStart;
    const start = end - word().length;
    // What was typed stays in the field's own history, so that Ctrl+Z takes a completion back.
    area.setRangeText(name, start, end, "end");
    const prefix = /^([\w-]+):/.exec(name)?.[1];
    const iri = prefix === undefined ? undefined : prefixes[prefix];
    if (prefix && iri && !new RegExp(`prefix\\s+${prefix}:`, "i").test(area.value)) {
      const line = `PREFIX ${prefix}: <${iri}>\n`;
      area.setRangeText(line, 0, 0, "preserve");
    }
    close();
    said.textContent = `${name} is in the query`;
    area.focus();
  };

  const pick = async (/** @type {number} */ at) => {
    const term = found[at];
    if (term) insert(term.name, (await terms(area.dataset.terms ?? "")).prefixes);
  };

  const show = async (/** @type {boolean} */ asked_) => {
    const typed = word();
    if (!asked_ && !typed.includes(":")) {
      close();
      return;
    }
    found = fitting(await terms(area.dataset.terms ?? ""), typed);
    // One that is typed in full needs no list.
    if (!asked_ && found.length === 1 && found[0]?.name === typed) found = [];
    list.replaceChildren(
      ...found.map((term, at) => {
        const line = document.createElement("li");
        const about = document.createElement("small");
        line.id = `${list.id}-${at}`;
        line.setAttribute("role", "option");
        line.setAttribute("aria-selected", "false");
        about.textContent = [term.kind, term.label, term.about].filter(Boolean).join(" · ");
        line.append(term.name.replace(/^<.*\/id\/(.*)>$/, "$1"), about);
        line.addEventListener("pointerdown", (event) => event.preventDefault());
        line.addEventListener("click", () => void pick(at));
        return line;
      }),
    );
    active = -1;
    area.removeAttribute("aria-activedescendant");
    list.hidden = found.length === 0;
    list.scrollTop = 0;
    said.textContent = found.length ? `${found.length} terms fit` : asked_ ? "No term fits" : "";
    if (asked_ && found.length) mark(0);
  };

  area.addEventListener("input", () => void show(false));
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      void show(true);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      area.form?.requestSubmit();
    } else if (list.hidden) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(active === -1 && event.key === "ArrowUp" ? found.length - 1 : active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      void pick(active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      close();
    }
  });
  document.querySelector("[data-keys]")?.removeAttribute("hidden");
}

if (field) complete(field);
