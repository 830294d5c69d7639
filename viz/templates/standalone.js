"use strict";
// The picture: vis-network draws nodes and edges where the server put them; labels are drawn here, so that none
// covers another at any zoom. Whatever comes from the data is only ever written as text.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const by = (id) => document.getElementById(id);
  const [stage, canvas, tip, panel, find, found, count, clear] =
    ["stage", "canvas", "tip", "panel", "find", "found", "count", "clear"].map(by);
  stage.hidden = false;

  const dark = matchMedia("(prefers-color-scheme: dark)");
  let printing = false;
  const shade = () => (dark.matches && !printing ? 1 : 0);
  const GROUND = ["#ffffff", "#1e2226"];
  const INK = ["#1f2428", "#e8eaec"];
  const FAINT = ["#dfe1de", "#33393f"];
  const off = {look: new Set(), kind: new Set()};
  let focus = null;
  let grow = 1;  // of nodes and lines, so that a wide picture doesn't shrink them to dots

  // On a tall screen a wide picture is turned, so that it fills it; a map is not.
  if (data.turns && canvas.clientHeight > canvas.clientWidth * 1.1)
    for (const node of data.nodes) [node.x, node.y] = [node.y, node.x];

  const beside = data.nodes.map(() => []);
  for (const edge of data.edges) {
    beside[edge.from].push(edge);
    if (edge.to !== edge.from) beside[edge.to].push(edge);
  }
  const shownNode = (node) => !off.look.has(node.look);
  const shownEdge = (edge) => !off.kind.has(edge.kind) && shownNode(data.nodes[edge.from]) && shownNode(data.nodes[edge.to]);

  // What is lit while something is selected: a node with those beside it, or an edge with its ends.
  function lit() {
    if (!focus) return null;
    const edges = focus.edge !== undefined ? [data.edges[focus.edge]] : beside[focus.node].filter(shownEdge);
    const nodes = new Set(focus.node !== undefined ? [focus.node] : []);
    for (const edge of edges) nodes.add(edge.from).add(edge.to);
    return {nodes, edges: new Set(edges.map((edge) => edge.id))};
  }
  let light = null;

  function paintedNode(node) {
    const look = data.looks[node.look];
    const dim = light && !light.nodes.has(node.id);
    const fill = dim ? FAINT[shade()] : look.colour[shade()];
    const ring = node.start || (focus && focus.node === node.id) ? INK[shade()] : GROUND[shade()];
    const colour = {background: fill, border: ring};
    return {
      id: node.id, x: node.x, y: node.y, size: node.size * grow, shape: look.shape, hidden: !shownNode(node),
      borderWidth: ring === INK[shade()] ? 2.5 : 1, borderWidthSelected: 2.5,
      color: {...colour, highlight: colour, hover: {background: fill, border: INK[shade()]}},
    };
  }

  function paintedEdge(edge) {
    const stroke = data.strokes[edge.kind];
    const dim = light && !light.edges.has(edge.id);
    const colour = dim ? FAINT[shade()] : stroke.colour[shade()];
    const bow = edge.from < edge.to ? 1 : -1;
    const curved = edge.nth > 0 && edge.from !== edge.to;
    const turn = (edge.nth % 2 ? 1 : -1) * bow > 0 ? "curvedCW" : "curvedCCW";
    return {
      id: edge.id, from: edge.from, to: edge.to, hidden: !shownEdge(edge),
      arrows: edge.directed ? {to: {enabled: true, scaleFactor: 0.55}} : "",
      color: {color: colour, highlight: colour, hover: colour, inherit: false},
      dashes: stroke.dash.length ? stroke.dash.map((length) => length * grow) : false,
      width: Math.min(5, 1.4 + Math.log2(edge.weight || 1) / 2) * grow, hoverWidth: 1, selectionWidth: 1,
      smooth: curved ? {enabled: true, type: turn, roundness: 0.12 * Math.ceil(edge.nth / 2)} : {enabled: false},
    };
  }

  const nodes = new vis.DataSet(data.nodes.map(paintedNode));
  const edges = new vis.DataSet(data.edges.map(paintedEdge));
  const network = new vis.Network(canvas, {nodes, edges}, {
    ...data.options,
    autoResize: true,
    layout: {improvedLayout: false},
    interaction: {hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, multiselect: false,
      zoomView: false, tooltipDelay: 0, keyboard: false, hideEdgesOnDrag: data.edges.length > 3000},
  });
  canvas.firstElementChild.tabIndex = -1;

  function repaint() {
    light = lit();
    nodes.update(data.nodes.map(paintedNode));
    edges.update(data.edges.map(paintedEdge));
    const n = data.nodes.filter(shownNode).length;
    const m = data.edges.filter(shownEdge).length;
    count.textContent = `${n} of ${data.nodes.length} nodes and ${m} of ${data.edges.length} edges are drawn.`;
    clear.disabled = !focus;
  }

  // Labels

  const FONT = 'px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
  const most = canvas.clientWidth < 500 ? 24 : 34;
  const short = (text) => (text.length > most ? text.slice(0, most - 2).trimEnd() + "…" : text);
  const ranked = [...data.nodes].sort((a, b) => b.start - a.start || b.links - a.links || a.id - b.id);
  const widths = new Map();

  function width(context, text, size) {
    const key = size + text;
    if (!widths.has(key)) widths.set(key, context.measureText(text).width);
    return widths.get(key);
  }

  function label(context) {
    const element = canvas.querySelector("canvas");
    const ratio = element.width / element.clientWidth;
    const scale = network.getScale();
    const taken = new Map();
    const cells = (box) => {
      const keys = [];
      for (let i = Math.floor(box[0] / 80); i <= Math.floor(box[2] / 80); i += 1)
        for (let j = Math.floor(box[1] / 40); j <= Math.floor(box[3] / 40); j += 1) keys.push(i * 100003 + j);
      return keys;
    };
    const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    const inside = (box) => box[0] >= 0 && box[1] >= 0 && box[2] <= element.clientWidth && box[3] <= element.clientHeight;
    const unwritten = (box) => cells(box).every((key) => (taken.get(key) || []).every((other) => other[4] !== -1 || !meets(box, other)));
    const free = (box, own) => cells(box).every((key) => (taken.get(key) || []).every((other) => other[4] === own || !meets(box, other)));
    const take = (box) => cells(box).forEach((key) => (taken.has(key) ? taken.get(key).push(box) : taken.set(key, [box])));
    const places = new Map();
    for (const node of ranked) {
      if (!shownNode(node)) continue;
      const {x, y} = network.canvasToDOM(network.getPosition(node.id));
      if (x < -200 || y < -50 || x > element.clientWidth + 200 || y > element.clientHeight + 50) continue;
      const r = node.size * grow * scale;
      places.set(node.id, [x, y, r]);
      take([x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8, node.id]);
    }
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = GROUND[shade()];
    context.fillStyle = INK[shade()];
    const write = (text, box) => {
      context.strokeText(text, box[0] + 2, (box[1] + box[3]) / 2);
      context.fillText(text, box[0] + 2, (box[1] + box[3]) / 2);
      take(box);
    };
    const first = ranked.filter((node) => places.has(node.id) && (!light || light.nodes.has(node.id)));
    for (const [rank, node] of first.entries()) {
      const chosen = focus && focus.node === node.id;
      const size = chosen ? 15 : 12;
      context.font = (chosen ? "600 " : "") + size + FONT;
      const text = short(node.name);
      const [x, y, r] = places.get(node.id);
      const w = width(context, text, size) + 4;
      const h = size + 4;
      const boxes = [
        [x - w / 2, y + r + 1, x + w / 2, y + r + 1 + h, -1],
        [x + r + 2, y - h / 2, x + r + 2 + w, y + h / 2, -1],
        [x - w / 2, y - r - 1 - h, x + w / 2, y - r - 1, -1],
        [x - r - 2 - w, y - h / 2, x - r - 2, y + h / 2, -1],
      ];
      const visible = boxes.filter(inside);
      const box = visible.find((candidate) => free(candidate, node.id))
        || (rank < 3 ? visible.find(unwritten) : null) || (chosen ? boxes[0] : null);
      if (box) write(text, box);
    }
    const named = data.edges.filter((edge) => shownEdge(edge) && (light ? light.edges.has(edge.id) : data.edges.length <= 24));
    context.font = "italic 11" + FONT;
    context.fillStyle = INK[shade()];
    for (const edge of named.slice(0, 60)) {
      if (!places.has(edge.from) || !places.has(edge.to) || edge.nth > 0) continue;
      const [a, b] = [places.get(edge.from), places.get(edge.to)];
      const text = short(edge.name);
      const w = width(context, text, 11.5) + 4;
      const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      const box = [x - w / 2, y - 8, x + w / 2, y + 8, -1];
      if (Math.hypot(a[0] - b[0], a[1] - b[1]) > w + 30 && inside(box) && free(box)) write(text, box);
    }
    context.restore();
  }
  network.on("afterDrawing", label);

  // The panel and the tip

  function make(tag, text, name) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (name) element.className = name;
    return element;
  }

  function link(text, choose) {
    const button = make("button", text, "as-text");
    button.type = "button";
    button.addEventListener("click", choose);
    return button;
  }

  function evidence(edge) {
    const lines = edge.sources.length ? edge.sources : ["No source is listed."];
    return [...(edge.when ? [edge.when] : []), ...edge.facts, ...lines].map((line) => make("p", line));
  }

  const MOST = 100;
  function describe() {
    if (!focus) {
      panel.replaceChildren(make("h2", "Nothing selected"),
        make("p", "Choose a node or an edge, or find one by name, to see what it rests on."));
      return;
    }
    if (focus.edge !== undefined) {
      const edge = data.edges[focus.edge];
      const ends = make("p");
      ends.append(link(data.nodes[edge.from].name, () => choose({node: edge.from})), edge.directed ? " → " : " – ",
        link(data.nodes[edge.to].name, () => choose({node: edge.to})));
      panel.replaceChildren(make("h2", edge.name), ends, make("h3", "Evidence"), ...evidence(edge));
      return;
    }
    const node = data.nodes[focus.node];
    const list = make("ul");
    const listed = beside[node.id].filter(shownEdge);
    for (const edge of listed.slice(0, MOST)) {
      const item = make("li");
      const outward = edge.from === node.id;
      const other = outward ? edge.to : edge.from;
      item.append(make("span", edge.directed ? (outward ? `${edge.name} → ` : `← ${edge.name} `) : `${edge.name} – `),
        link(data.nodes[other].name, () => choose({node: other})), ...evidence(edge));
      list.append(item);
    }
    panel.replaceChildren(make("h2", node.name), make("p", node.thing), ...node.facts.map((fact) => make("p", fact)),
      make("h3", `${listed.length} ${listed.length === 1 ? "edge" : "edges"} drawn, of ${node.links}`), list);
    if (listed.length > MOST) panel.append(make("p", `The first ${MOST} are listed; the table has all.`));
  }

  function mark() {
    for (const row of document.querySelectorAll("tr.marked")) row.classList.remove("marked");
    if (focus && focus.edge !== undefined) rows[focus.edge].classList.add("marked");
  }

  function choose(what, centre) {
    focus = what;
    repaint();
    describe();
    mark();
    panel.scrollTop = 0;
    if (!what) network.unselectAll();
    else if (what.node !== undefined) network.selectNodes([what.node], false);
    else network.setSelection({nodes: [], edges: [what.edge]}, {highlightEdges: false});
    if (what && centre) {
      const ids = what.node !== undefined ? [what.node] : [data.edges[what.edge].from, data.edges[what.edge].to];
      const points = Object.values(network.getPositions(ids));
      const middle = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
      network.moveTo({position: {x: middle("x"), y: middle("y")}, scale: Math.max(network.getScale(), 0.7)});
    }
  }

  network.on("click", ({nodes: [node], edges: [edge]}) => {
    network.setOptions({interaction: {zoomView: true}});
    canvas.focus({preventScroll: true});
    choose(node !== undefined ? {node} : edge !== undefined ? {edge} : null);
  });
  canvas.addEventListener("focusout", () => network.setOptions({interaction: {zoomView: false}}));

  function show(name, lines, event) {
    const {x, y} = event.pointer ? event.pointer.DOM : {x: 0, y: 0};
    tip.replaceChildren(make("strong", name), ...lines.slice(0, 4).map((line) => make("span", line)));
    if (lines.length > 4) tip.append(make("span", `and ${lines.length - 4} more; choose it to see them`));
    tip.hidden = false;
    tip.style.left = `${Math.max(0, Math.min(x + 14, canvas.clientWidth - tip.offsetWidth - 4))}px`;
    tip.style.top = `${y + 18 + tip.offsetHeight > canvas.clientHeight ? Math.max(0, y - tip.offsetHeight - 10) : y + 18}px`;
  }
  network.on("hoverNode", (event) => {
    const node = data.nodes[event.node];
    show(node.name, [...node.facts, `${node.links} ${node.links === 1 ? "edge" : "edges"}`], event);
  });
  network.on("hoverEdge", (event) => {
    const edge = data.edges[event.edge];
    const arrow = edge.directed ? " → " : " – ";
    show(edge.name, [data.nodes[edge.from].name + arrow + data.nodes[edge.to].name, ...(edge.when ? [edge.when] : []),
      ...edge.facts, ...edge.sources], event);
  });
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, () => { tip.hidden = true; });

  // Finding a node

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const names = ranked.map((node) => [plain(node.name + " " + node.thing), node]);
  let options = [];
  let at = -1;

  function offer() {
    const wanted = plain(find.value.trim());
    options = wanted ? names.filter(([name]) => name.includes(wanted)).slice(0, 12).map(([, node]) => node) : [];
    at = options.length ? 0 : -1;
    found.replaceChildren(...options.map((node, index) => {
      const item = make("li", node.name);
      item.id = `found-${index}`;
      item.setAttribute("role", "option");
      item.append(" ", make("small", shownNode(node) ? node.facts[0] || "" : "filtered out"));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(node); });
      return item;
    }));
    if (wanted && !options.length) {
      const none = make("li", "Nothing of that name is in this picture.");
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      found.append(none);
    }
    found.hidden = !wanted;
    find.setAttribute("aria-expanded", String(!found.hidden));
    point();
  }
  function point() {
    for (const [index] of options.entries()) found.children[index].setAttribute("aria-selected", String(index === at));
    if (at >= 0) {
      find.setAttribute("aria-activedescendant", `found-${at}`);
      found.children[at].scrollIntoView({block: "nearest"});
    } else find.removeAttribute("aria-activedescendant");
  }
  function close() {
    found.hidden = true;
    find.setAttribute("aria-expanded", "false");
    find.removeAttribute("aria-activedescendant");
  }
  function pick(node) {
    find.value = node.name;
    close();
    choose({node: node.id}, true);
  }
  find.addEventListener("input", offer);
  find.addEventListener("blur", close);
  find.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (options.length) at = (at + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length;
      point();
    } else if (event.key === "Enter" && at >= 0) pick(options[at]);
    else if (event.key === "Escape") close();
  });

  // The legend filters picture and table alike

  const rows = [...document.querySelectorAll("#edges tbody tr")];
  for (const box of document.querySelectorAll(".legend input")) {
    box.addEventListener("change", () => {
      off[box.name][box.checked ? "delete" : "add"](box.value);
      repaint();
      describe();
      for (const [index, row] of rows.entries()) row.hidden = !shownEdge(data.edges[index]);
    });
  }

  // From the table to the picture: its names become buttons

  for (const cell of document.querySelectorAll("[data-node]")) {
    const node = Number(cell.dataset.node);
    cell.replaceChildren(link(cell.textContent, () => { choose({node}, true); stage.scrollIntoView({block: "nearest"}); }));
  }
  for (const cell of document.querySelectorAll("[data-edge]")) {
    const edge = Number(cell.dataset.edge);
    cell.replaceChildren(link(cell.textContent, () => { choose({edge}, true); stage.scrollIntoView({block: "nearest"}); }));
  }

  // Moving about

  const zoom = (factor) => network.moveTo({scale: Math.min(6, Math.max(0.02, network.getScale() * factor))});
  // All that is shown, with room for the labels at the rim.
  function whole() {
    const points = Object.values(network.getPositions(data.nodes.filter(shownNode).map((node) => node.id)));
    if (!points.length) return;
    const [left, top] = ["x", "y"].map((axis) => points.reduce((least, point) => Math.min(least, point[axis]), Infinity));
    const [right, bottom] = ["x", "y"].map((axis) => points.reduce((most, point) => Math.max(most, point[axis]), -Infinity));
    const room = (length, rim, span) => Math.max(length - rim, length * 0.7) / Math.max(span, 1);
    network.moveTo({
      position: {x: (left + right) / 2, y: (top + bottom) / 2},
      scale: Math.min(1.8, room(canvas.clientWidth, 150, right - left), room(canvas.clientHeight, 110, bottom - top)),
    });
  }
  by("nearer").addEventListener("click", () => zoom(1.3));
  by("further").addEventListener("click", () => zoom(1 / 1.3));
  by("whole").addEventListener("click", whole);
  clear.addEventListener("click", () => choose(null));
  const STEPS = {ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60]};
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (STEPS[event.key]) {
      const {x, y} = network.getViewPosition();
      const scale = network.getScale();
      network.moveTo({position: {x: x + STEPS[event.key][0] / scale, y: y + STEPS[event.key][1] / scale}});
    } else if (event.key === "+" || event.key === "=") zoom(1.3);
    else if (event.key === "-") zoom(1 / 1.3);
    else if (event.key === "0") whole();
    else if (event.key === "Escape") choose(null);
    else return;
    event.preventDefault();
  });
  dark.addEventListener("change", repaint);
  addEventListener("beforeprint", () => { printing = true; repaint(); network.redraw(); });
  addEventListener("afterprint", () => { printing = false; repaint(); });

  whole();
  grow = Math.min(data.nodes.length > 600 ? 1.4 : 2, Math.max(1, 0.9 / network.getScale()));
  repaint();
  network.once("afterDrawing", () => { document.documentElement.dataset.drawn = "yes"; });
  network.redraw();
})();
