// A picture that is still being made: how far it has come, asked for again until it is there.

const EVERY = 500;

/** Follows what the page says is on its way, then opens it. */
export async function waiting() {
  let told = document.querySelector("[data-making]");
  while (told) {
    await new Promise((done) => setTimeout(done, EVERY));
    const reply = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!reply) continue;
    const now = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("[data-making]");
    if (!now) return location.reload();
    for (const part of ["strong", "progress"]) {
      const [old, fresh] = [told.querySelector(part), now.querySelector(part)];
      if (old && fresh && old.outerHTML !== fresh.outerHTML) old.replaceWith(fresh);
    }
  }
}
