// Named views, kept in this browser, and the link to the view that is shown.

const KEY = "concert.views";

/** @typedef {{ name: string, url: string }} View */

/** @returns {View[]} */
function kept() {
  try {
    const read = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(read) ? read.filter((one) => typeof one?.name === "string" && /^\/(?!\/)/.test(one?.url)) : [];
  } catch {
    return [];
  }
}

/** @param {View[]} all */
function keep(all) {
  localStorage.setItem(KEY, JSON.stringify(all));
}

/** The address of what is shown now, which a page may have changed since it was loaded. */
function here() {
  return location.pathname + location.search;
}

/** @param {HTMLFormElement} form */
export function views(form) {
  const link = form.querySelector("[data-copy]");
  if (link instanceof HTMLAnchorElement) {
    const text = link.textContent;
    link.addEventListener("click", async (event) => {
      if (!navigator.clipboard) return; // over plain HTTP there is none: the link then just leads here
      event.preventDefault();
      try {
        await navigator.clipboard.writeText(location.origin + here());
        link.textContent = "Copied";
      } catch {
        link.textContent = "Not allowed to copy";
      }
      window.setTimeout(() => (link.textContent = text), 2000);
    });
  }
  const menu = form.querySelector("[data-views]");
  const list = menu?.querySelector("ul");
  const name = menu?.querySelector("input");
  const save = menu?.querySelector("button");
  if (!(menu instanceof HTMLElement) || !list || !name || !save) return;
  menu.hidden = false;

  const show = () => {
    list.replaceChildren(
      ...kept().map((view) => {
        const line = document.createElement("li");
        const to = document.createElement("a");
        const away = document.createElement("button");
        to.href = view.url;
        to.textContent = view.name;
        away.type = "button";
        away.className = "plain";
        away.textContent = "Remove";
        away.setAttribute("aria-label", `Remove ${view.name}`);
        away.addEventListener("click", () => {
          keep(kept().filter((one) => one.name !== view.name));
          show();
          name.focus();
        });
        line.append(to, away);
        return line;
      }),
    );
  };
  const add = () => {
    const called = name.value.trim();
    if (!called) {
      name.focus();
      return;
    }
    const others = kept().filter((one) => one.name !== called);
    keep([...others, { name: called, url: here() }].sort((one, other) => one.name.localeCompare(other.name)));
    name.value = "";
    show();
  };
  save.addEventListener("click", add);
  name.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  });
  show();
  document.addEventListener("prerenderingchange", show); // another page may have kept one while this one waited
}
