// Judging in the drawer: the answer of the form takes the place of the comparison, and the list behind it is asked again.

const FORM = "dialog.drawer form.judge";

/** @param {string} text */
function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

/** Asks the list again where it stands, so that it tells what was decided. */
async function refresh() {
  const list = document.querySelector("[data-pairs]");
  const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
  const fresh = parsed(await reply.text()).querySelector("[data-pairs]");
  if (list && fresh) list.replaceWith(document.importNode(fresh, true));
}

/**
 * Puts what the server answered in the place of the comparison.
 * @param {Element} body
 * @param {Document} page
 */
function show(body, page) {
  const article = page.querySelector("[data-drawer-content]");
  if (!article) return false;
  body.replaceChildren(...article.childNodes);
  // What was decided, or why it could not be, is what whoever judged reads next.
  const told = body.querySelector("[role=alert], [role=status]") ?? body.querySelector("h2");
  if (told instanceof HTMLElement) {
    told.tabIndex = -1;
    told.focus();
    told.scrollIntoView({ block: "nearest" });
  }
  return true;
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} button
 */
async function send(form, button) {
  const data = new FormData(form, button);
  const body = form.closest("dialog")?.querySelector(":scope > div");
  const buttons = form.querySelectorAll("button");
  buttons.forEach((each) => (each.disabled = true));
  try {
    const fields = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
    const reply = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "text/html" } });
    if (!body || !show(body, parsed(await reply.text()))) throw new Error("no page");
    if (reply.ok) await refresh();
  } catch {
    // The form still works as a page of its own.
    buttons.forEach((each) => (each.disabled = false));
    const problem = document.createElement("p");
    problem.className = "problem";
    problem.setAttribute("role", "alert");
    problem.textContent = "That could not be sent. Try again, or open the comparison in a new tab.";
    form.prepend(problem);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches(FORM)) return;
  event.preventDefault();
  void send(form, event.submitter);
});

// A link that opened the drawer may have been made anew since: the focus goes back to the one that leads there now.
let opened = "";
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-drawer]") : null;
  if (link) opened = link.getAttribute("href") ?? "";
});
document.addEventListener(
  "close",
  () => {
    const held = document.activeElement;
    if (held && held !== document.body && !held.closest("dialog")) return;
    const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("a[data-drawer]")]);
    (links.find((link) => link.getAttribute("href") === opened) ?? links[0])?.focus();
  },
  true,
);
