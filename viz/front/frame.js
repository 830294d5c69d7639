// What every page loads: colours, type-ahead, saved views, sortable tables, the drawer, pages made ahead.
import { formAhead, linksAhead } from "./frame/ahead.js";
import { brush } from "./frame/brush.js";
import { carryIds, fieldsLater } from "./frame/fields.js";
import { drawers } from "./frame/drawer.js";
import { sortable } from "./frame/sort.js";
import { suggest } from "./frame/suggest.js";
import { themeSwitch } from "./frame/theme.js";
import { views } from "./frame/views.js";

themeSwitch();
/** @param {ParentNode} within */
const suggestions = (within) =>
  within.querySelectorAll("input[data-suggest]").forEach((field) => suggest(/** @type {HTMLInputElement} */ (field)));
suggestions(document);
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-filters]"))) {
  const built = () => {
    suggestions(form);
    carryIds(form);
  };
  if (!fieldsLater(form, built)) carryIds(form);
  views(form);
  formAhead(form);
}
document.querySelectorAll("table[data-sortable]").forEach((table) => sortable(/** @type {HTMLTableElement} */ (table)));
document.querySelectorAll("[data-brush]").forEach((each) => brush(/** @type {HTMLElement} */ (each)));
drawers();
linksAhead();
// On a small screen filters stay folded until they are wanted.
if (matchMedia("(max-width: 40rem)").matches) {
  document.querySelectorAll("details[data-fold]").forEach((fold) => fold.removeAttribute("open"));
}
// Tells tests and readers' tools that everything above is in place.
document.documentElement.dataset.ready = "";
