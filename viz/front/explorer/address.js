// What is asked for and what is done with it, as the address of the page. The address is the only state there is.

/**
 * Names of parameters that the page lists.
 * @param {string} which
 */
const names = (which) => (document.querySelector("[data-explorer]")?.getAttribute(`data-${which}`) ?? "").split(" ");
/** What only this page reads; the rest goes to the server. */
const LOOKS = names("looks");
/** What the server knows too, but the page does by itself, so that nothing has to be fetched. */
const HERE = names("here");

/**
 * @typedef {object} Address
 * @property {URLSearchParams} query the whole of it
 * @property {string} fetched what decides which picture is fetched
 * @property {string} base the same without what is added to it
 * @property {string} select id of a node, or two with `~` for the links between them
 * @property {Set<string>} without kinds of link left out
 * @property {Set<string>} hide looks of nodes left out
 * @property {number | null} since
 * @property {number | null} until
 * @property {string[]} open
 * @property {Map<string, [number, number]>} pin
 * @property {string} mark what is highlighted: `look:…`, `kind:…`, `community:…`
 * @property {string} colour
 * @property {string} size
 * @property {string} at
 * @property {string} sort
 * @property {string} tab
 */

/**
 * @param {string | URL} url
 * @returns {Address}
 */
export function read(url) {
  const query = new URL(url, location.href).searchParams;
  /** @param {string} name */
  const year = (name) => (query.get(name) ? Number(query.get(name)) : null);
  /** @type {Map<string, [number, number]>} */
  const pin = new Map();
  for (const text of query.getAll("pin")) {
    const [id, x, y] = text.split("~");
    pin.set(id, [Number(x), Number(y)]);
  }
  return {
    query,
    fetched: only(query, (name) => !LOOKS.includes(name) && !HERE.includes(name)),
    base: only(query, (name) => ![...LOOKS, ...HERE, "open", "connect", "suggest"].includes(name)),
    select: query.get("select") ?? "",
    without: new Set(query.getAll("without")),
    hide: new Set(query.getAll("hide")),
    since: year("since"),
    until: year("until"),
    open: query.getAll("open"),
    pin,
    mark: query.get("mark") ?? "",
    colour: query.get("colour") ?? "kind",
    size: query.get("size") ?? "links",
    at: query.get("at") ?? "",
    sort: query.get("sort") ?? "-links",
    tab: query.get("tab") ?? "nodes",
  };
}

/**
 * The same with some parameters replaced; null or an empty list takes one away.
 * @param {URLSearchParams} query
 * @param {Record<string, string | number | null | Iterable<string>>} changes
 */
export function changed(query, changes) {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    if (value === null || value === "") continue;
    for (const each of typeof value === "object" ? value : [String(value)]) next.append(name, each);
  }
  return next;
}

/**
 * What an export is asked with: all but how it is looked at.
 * @param {URLSearchParams} query
 */
export const asked = (query) => only(query, (name) => !LOOKS.includes(name));

/**
 * @param {URLSearchParams} query
 * @param {(name: string) => boolean} wanted
 */
function only(query, wanted) {
  return new URLSearchParams([...query].filter(([name, value]) => wanted(name) && value)).toString();
}
