// Light, dark or as the system has it; and the colours of the tokens for what is drawn by hand.

const KEY = "concert.theme";
const root = document.documentElement;
/** @type {Set<() => void>} */
const listeners = new Set();

/**
 * The colour that a token has under the theme of now, as `rgb(…)`.
 * @param {string} token such as `--domain-drugs`
 */
export function colour(token) {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  probe.hidden = true;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/**
 * Calls back whenever the colours change, by the switch or by the system.
 * @param {() => void} listener
 */
export function onTheme(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function told() {
  listeners.forEach((listener) => listener());
}

/** Shows the switch in the foot and keeps what is chosen. */
export function themeSwitch() {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", told);
  const select = document.querySelector("#theme");
  if (!(select instanceof HTMLSelectElement)) return;
  const box = select.closest(".theme");
  if (box instanceof HTMLElement) box.hidden = false;
  const show = () => {
    select.value = root.dataset.theme ?? "";
  };
  show();
  document.addEventListener("prerenderingchange", () => {
    show();
    told();
  });
  select.addEventListener("change", () => {
    if (select.value) root.dataset.theme = select.value;
    else delete root.dataset.theme;
    try {
      if (select.value) localStorage.setItem(KEY, select.value);
      else localStorage.removeItem(KEY);
    } catch {
      // Storage may be forbidden; the choice then holds for this page.
    }
    told();
  });
}
