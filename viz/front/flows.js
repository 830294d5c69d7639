/** The page of flows: the map moves, the diagram is drawn, and a leg stands out in map, diagram and table at once. */

import { diagram } from "./map/diagram.js";
import { linking } from "./map/linking.js";
import { moving } from "./map/moving.js";

const figure = /** @type {HTMLElement | null} */ (document.querySelector("[data-map]"));
if (figure) moving(figure);
const section = /** @type {HTMLElement | null} */ (document.querySelector("[data-sankey]"));
const main = document.querySelector("main");
if (section && main) diagram(section, main);
if (main) linking(main);
