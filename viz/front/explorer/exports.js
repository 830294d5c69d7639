// What is seen, as a file: the picture with its stamp from here, everything else from the server.

import { changed } from "./address.js";
import { ink, paper } from "./colours.js";
import { h } from "./dom.js";

/**
 * The links of the files follow the address; one more makes a PNG of what is on the screen.
 * @param {HTMLElement} root
 * @param {string} api
 * @param {URLSearchParams} asked
 */
export function exportsOf(root, api, asked) {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (root.querySelectorAll("a[href]"))) {
    const form = link.dataset.format ?? "svg";
    link.href = `${api}?${changed(asked, { format: form })}`;
  }
}

/**
 * @param {import("./picture.js").Picture} picture
 * @param {import("./scene.js").Scene} scene
 * @param {string[]} said what is shown and what is left out, in words
 * @param {string} name
 */
export function png(picture, scene, said, name) {
  const seen = picture.copied();
  const scale = seen.width / picture.container.clientWidth;
  const size = 13 * scale;
  const { about } = scene;
  const lines = [
    about.title,
    ...said,
    ...(about.datasets ?? []).map((/** @type {any} */ each) => `Data: ${[each.title, each.publisher, each.issued, each.version].filter(Boolean).join(", ")}`),
    about.caveat,
  ].filter(Boolean);
  const whole = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (whole.getContext("2d"));
  const font = `${size}px ${picture.renderer.getSetting("labelFont")}`;
  context.font = font;
  const wrapped = lines.flatMap((text) => wrap(context, text, seen.width - 4 * size));
  whole.width = seen.width;
  whole.height = seen.height + (wrapped.length + 2) * size * 1.4;
  context.fillStyle = paper(picture.night);
  context.fillRect(0, 0, whole.width, whole.height);
  context.drawImage(seen, 0, 0);
  context.font = font;
  context.fillStyle = ink(picture.night);
  wrapped.forEach((text, at) => context.fillText(text, 2 * size, seen.height + (at + 1.5) * size * 1.4));
  whole.toBlob((blob) => {
    if (!blob) return;
    const url = URL.createObjectURL(blob);
    h("a", { href: url, download: `${name}.png` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} width
 */
function wrap(context, text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
