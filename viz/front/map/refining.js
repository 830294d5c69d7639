/** Outlines as fine as the file has them, drawn by d3-geo in the server's own projection, once a map is moved. */

/** @type {WeakSet<SVGSVGElement>} */
const begun = new WeakSet();

/** @param {SVGSVGElement} svg */
export async function refine(svg) {
  const address = svg.dataset.atlas;
  if (begun.has(svg) || !address) return;
  begun.add(svg);
  try {
    const [{ geoEqualEarth, geoPath }, { feature }, reply] = await Promise.all([
      import("d3-geo"),
      import("topojson-client"),
      fetch(address),
    ]);
    if (!reply.ok) return;
    const topology = await reply.json();
    const { middle, scale, across, down } = svg.dataset;
    const projection = geoEqualEarth()
      .rotate([-Number(middle), 0])
      .scale(Number(scale))
      .translate([Number(across), Number(down)])
      .precision(0.3);
    const path = geoPath(projection).digits(2);
    const found = /** @type {import("geojson").FeatureCollection} */ (
      /** @type {unknown} */ (feature(topology, topology.objects.countries))
    );
    const land = svg.querySelector(".map-land");
    /** @type {Map<string, Element[]>} */
    const drawn = new Map();
    for (const shape of svg.querySelectorAll("path[data-code]")) {
      const code = /** @type {SVGElement} */ (shape).dataset.code ?? "";
      drawn.set(code, [...(drawn.get(code) ?? []), shape]);
    }
    for (const country of found.features) {
      const d = path(country);
      if (!d) continue;
      const own = country.id ? drawn.get(String(country.id)) : undefined;
      if (own) for (const shape of own) shape.setAttribute("d", d);
      else if (country.id && land) {
        const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
        shape.setAttribute("d", d);
        land.append(shape);
      }
    }
    svg.dataset.refined = "yes";
  } catch {
    // The coarser outlines stay, and a later move tries again.
    begun.delete(svg);
  }
}
