// The drawer: what a link with `data-drawer` leads to, beside the page instead of in its place.

/** @type {HTMLDialogElement | undefined} */
let drawer;

function make() {
  const dialog = document.createElement("dialog");
  dialog.className = "drawer";
  dialog.setAttribute("aria-labelledby", "drawer-title");
  const head = document.createElement("header");
  const title = document.createElement("h2");
  const close = document.createElement("button");
  title.id = "drawer-title";
  close.type = "button";
  close.className = "plain";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  head.append(title, close);
  dialog.append(head, document.createElement("div"));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && event.offsetX < 0) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}

/**
 * Shows content of a page of ours, or elements made here, in the drawer.
 * @param {string} title
 * @param {...(Node | string)} content
 */
export function openDrawer(title, ...content) {
  drawer ??= make();
  const [head, body] = drawer.children;
  const named = head?.querySelector("h2");
  if (named) named.textContent = title;
  body?.replaceChildren(...content);
  if (!drawer.open) drawer.showModal();
  drawer.scrollTop = 0;
}

/**
 * Fetches a page of ours and shows the part of it that is marked for the drawer.
 * @param {string} url
 */
export async function openPage(url) {
  const waiting = document.createElement("p");
  waiting.className = "loading";
  waiting.setAttribute("role", "status");
  waiting.textContent = "Loading";
  openDrawer("…", waiting);
  try {
    const reply = await fetch(url, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const part = page.querySelector("[data-drawer-content]") ?? page.querySelector("main");
    const title = page.querySelector("h1")?.textContent ?? "";
    part?.querySelector("h1")?.remove();
    openDrawer(title, ...(part?.childNodes ?? ["There is nothing to show."]));
  } catch {
    openDrawer("That could not be loaded", "The server did not answer. Try again, or follow the link in a new tab.");
  }
}

/** Has links with `data-drawer` open there. A click with a key held still opens a tab. */
export function drawers() {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-drawer]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void openPage(link.href);
  });
}
