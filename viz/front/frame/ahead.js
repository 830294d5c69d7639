// What is likely to be opened next is asked for already: the server makes the page and keeps it for whoever opens it.
// HEAD brings no page over the wire; nothing here waits for an answer, and a refusal is told where it is opened.
// A browser that knows speculation rules (`ahead.speculationrules`, in a header of each page) lays the page out as well.

/** Milliseconds that somebody stays on a link, or on a changed form, before it counts. */
const STAYS = 100;
/** The pages that take a while, and that the server keeps. */
const KEPT = /^\/(gaps|overlaps|flows|matrix|questions|id)(\/|$)/;

const asked = new Set([location.pathname + location.search]);

/** @param {string} address */
function ask(address) {
  const { origin, pathname, search } = new URL(address, location.href);
  if (origin !== location.origin || !KEPT.test(pathname) || asked.has(pathname + search)) return;
  asked.add(pathname + search);
  fetch(pathname + search, { method: "HEAD", headers: { Accept: "text/html" }, priority: "low" }).catch(() => {});
}

/**
 * The address of the view that a form would open.
 * @param {HTMLFormElement} form
 */
function address(form) {
  const sent = new URLSearchParams();
  for (const [name, value] of new FormData(form)) sent.append(name, String(value));
  return `${form.getAttribute("action")}?${sent}`;
}

/** A form of filters, as soon as one of them is changed. @param {HTMLFormElement} form */
export function formAhead(form) {
  const next = document.createElement("a");
  next.className = "next-view skip";
  next.tabIndex = -1;
  next.setAttribute("aria-hidden", "true");
  let timer = 0;
  form.addEventListener("change", () => {
    const link = address(form);
    ask(link);
    window.clearTimeout(timer);
    // Whoever sends it at once has the browser open it the short way.
    timer = window.setTimeout(() => {
      next.href = link;
      if (KEPT.test(next.pathname)) document.body.append(next);
    }, STAYS);
  });
  // A page that was opened ahead is shown where a link leads to it, not where a form does.
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    const { href } = next;
    next.href = address(form);
    if (event.defaultPrevented || !next.isConnected || next.href !== href) return;
    event.preventDefault();
    location.assign(href);
  });
}

/** Links, as soon as somebody stays on one with the pointer or comes to it with the keyboard. */
export function linksAhead() {
  let timer = 0;
  const leave = () => window.clearTimeout(timer);
  const come = (/** @type {Event} */ { target }) => {
    const link = target instanceof Element ? target.closest("a[href]") : null;
    leave();
    if (link instanceof HTMLAnchorElement && !link.download) timer = window.setTimeout(() => ask(link.href), STAYS);
  };
  document.addEventListener("pointerover", come);
  document.addEventListener("focusin", come);
  document.addEventListener("pointerdown", leave);
  document.addEventListener("pagehide", leave);
}
