/** The page of the matrix: the picture that the server draws, as a PNG for who cannot place an SVG. */

/** Pixels of the PNG for one of the picture, for print; and how many it may have, which browsers bound. */
const SHARP = 2;
const MOST = 60_000_000;

const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[data-png]"));
if (link) {
  const button = document.createElement("a");
  button.href = link.href;
  button.textContent = "PNG";
  button.addEventListener("click", (event) => {
    event.preventDefault();
    void painted(link.href);
  });
  link.after(" ", button);
}

/** @param {string} source */
async function painted(source) {
  const image = new Image();
  image.src = source;
  await image.decode();
  const { naturalWidth: wide, naturalHeight: high } = image;
  const scale = Math.min(SHARP, Math.sqrt(MOST / (wide * high)));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [wide * scale, high * scale];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => {
    if (!blob) return;
    const made = document.createElement("a");
    made.href = URL.createObjectURL(blob);
    made.download = "who-works-where.png";
    made.click();
    setTimeout(() => URL.revokeObjectURL(made.href), 10_000);
  });
}
