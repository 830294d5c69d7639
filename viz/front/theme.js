// The colours that a reader chose, before anything is painted: a plain script, so that the browser waits for it.
{
  const choose = () => {
    try {
      const chosen = localStorage.getItem("concert.theme");
      if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
      else delete document.documentElement.dataset.theme;
    } catch {
      // Storage may be forbidden; the system's choice then stands.
    }
  };
  choose();
  // Another may have been chosen while this page waited to be shown.
  document.addEventListener("prerenderingchange", choose);
}
