// The colours that a reader chose, before anything is painted: a plain script, so that the browser waits for it.
{
  try {
    const chosen = localStorage.getItem("concert.theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage may be forbidden; the system's choice then stands.
  }
}
