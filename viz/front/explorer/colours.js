// The colours of the picture, by day and by night.

const COMMUNITIES = [
  ["#0a66a3", "#5cb6ee"],
  ["#c2410c", "#f58b57"],
  ["#00765a", "#35c79c"],
  ["#a03e7c", "#e39ac6"],
  ["#7d6300", "#e6d24a"],
  ["#2b7fb0", "#8fd0f5"],
  ["#b45f00", "#f0a63a"],
  ["#3f454c", "#c3c9cf"],
];
const GREY = ["#8a9096", "#7d848b"];

/**
 * The colour of a community: eight of the largest have one of their own.
 * @param {number} number from 1
 * @param {boolean} night
 */
export const communityColour = (number, night) => (COMMUNITIES[number - 1] ?? GREY)[night ? 1 : 0];

/** What lies under everything. @param {boolean} night */
export const paper = (night) => (night ? "#1a2028" : "#ffffff");

/** What is written. @param {boolean} night */
export const ink = (night) => (night ? "#e7eaed" : "#17212b");

/** @type {Map<string, string>} */
const mixes = new Map();

/**
 * A colour with a share of another in it, opaque: half transparent ones vanish on white.
 * @param {string} colour
 * @param {string} other
 * @param {number} share
 */
export function mixed(colour, other, share) {
  const key = `${colour}${other}${share}`;
  let found = mixes.get(key);
  if (!found) {
    const [one, two] = [colour, other].map((text) => Number.parseInt(text.slice(1), 16));
    const part = (/** @type {number} */ shift) =>
      Math.round(((one >> shift) & 255) * (1 - share) + ((two >> shift) & 255) * share);
    found = `#${((1 << 24) | (part(16) << 16) | (part(8) << 8) | part(0)).toString(16).slice(1)}`;
    mixes.set(key, found);
  }
  return found;
}
