// Ceilings and guides as lines with their names, and rings where they are crossed.

const mostWalks = 4; // in a panel, beyond which crossings would hide the curves

function linesOf(figure) {
  const { page, panels, state } = figure;
  const groups = panels.map((panel) => ({
    below: shape("g", {}, panel.below),
    above: shape("g", {}, panel.above),
  }));

  figure.listen(() => {
    panels.forEach((panel, number) => {
      const { below, above } = groups[number];
      below.replaceChildren();
      above.replaceChildren();
      panel.guides = [];
      if (figure.resting()) return;
      const shown = shownLines(figure, number);
      names(panel, below, shown.filter(({ ceiling }) => ceiling.height !== undefined));
      for (const each of shown) draw(panel, below, each);
      rings(panel, above, shown);
    });
  });

  function draw(panel, group, { line, ceiling, walk, path }) {
    const { look } = line;
    const [left, , right] = panel.box;
    const colour = look.role < 0 ? (look.dotted ? "guide" : "ceiling") : `w${page.walks[walk].role}`;
    const attributes = { class: `line ${colour}`, "stroke-width": look.width };
    if (look.dash.length) attributes["stroke-dasharray"] = look.dash.join(" ");
    let d = "";
    let end;
    if (ceiling.height !== undefined) {
      const y = near(panel.y.at(ceiling.height));
      if (Number.isFinite(y)) d = `M${left} ${y}H${right}`;
    } else {
      for (let t = 1, pen = "M"; t <= path.end; t++) {
        const [x, y] = [panel.x.at(t), panel.y.at(ceiling.at(t))];
        const known = Number.isFinite(x) && Number.isFinite(y);
        if (known) {
          d += `${pen}${near(x)} ${near(y)}`;
          if (y >= panel.box[1] && y <= panel.box[3]) end = [x, y];
        }
        pen = known ? "L" : "M";
      }
      if (end) panel.guides.push({ end, text: guideText(figure, line) });
    }
    shape("path", { ...attributes, d }, group);
  }

  // Names along level lines, from the left; of one out of view, at the edge that it lies behind.
  function names(panel, group, level) {
    const size = page.sizes.word;
    const [left, top, right, bottom] = panel.box;
    const curvatures = new Set(level.map(({ line }) => line.curvature));
    const taken = [];
    for (const { line, ceiling, owners } of level) {
      const raw = panel.y.at(ceiling.height);
      if (Number.isNaN(raw)) continue;
      const way = raw < top ? " ↑" : raw > bottom ? " ↓" : "";
      const y = Math.min(Math.max(raw - 0.35 * size, top + size), bottom - 0.4 * size);
      const text = `${ceilingText(figure, line, ceiling, level.length > curvatures.size ? owners : [])}${way}`;
      const wide = 0.56 * size * text.length;
      const before = taken.filter((box) => Math.abs(box.y - y) < 1.1 * size).map((box) => box.right + size);
      const x = way ? right - wide : Math.max(left + 0.4 * size, ...before);
      taken.push({ y, right: x + wide });
      shape("text", { class: "word", x: near(x), y: near(y), "font-size": size }, group, text);
    }
  }

  function rings(panel, group, shown) {
    const walks = new Set(shown.map(({ walk }) => walk));
    if (walks.size > mostWalks) return;
    const seen = new Set();
    for (const { line, path, crossed } of shown) {
      for (const [number, { step, y }] of crossed.entries()) {
        const at = [near(panel.x.at(step)), near(panel.y.at(y))];
        const out = at[1] < panel.box[1] || at[1] > panel.box[3] || step > Math.min(state.step, path.end);
        if (out || seen.has(String(at))) continue;
        seen.add(String(at));
        shape("circle", { class: "ring", cx: at[0], cy: at[1], r: page.sizes.crossing }, group);
        if (number && line.kind in { constant: 1, one: 1 }) continue;
        const place = { x: near(at[0] + 1.2 * page.sizes.crossing), y: near(at[1] + 1.6 * page.sizes.word) };
        const text = fill(page.words.at, { step });
        shape("text", { class: "word", ...place, "font-size": page.sizes.word }, group, text);
      }
    }
  }
}

// The lines of a panel: one for each walk that is on, those in one place once, with their owners.
function shownLines(figure, number) {
  const { page, state } = figure;
  const found = [];
  for (const line of page.lines.filter((each) => each.panel === number)) {
    for (const walk of line.walks.filter((each) => state.on[each])) {
      const path = figure.path(walk);
      const ceiling = ceilingOf(line, path, page);
      const crossed = line.kind === "root" ? [] : crossingsOf(line, path, page);
      const same =
        ceiling.height !== undefined &&
        found.find((each) => each.line.curvature === line.curvature && each.ceiling.height === ceiling.height);
      const owner = bare(page.walks[walk]);
      if (same && !same.owners.includes(owner)) same.owners.push(owner);
      if (same) same.crossed.push(...crossed);
      else found.push({ line, walk, path, ceiling, crossed, owners: [owner] });
    }
  }
  return found;
}

// The name of a level line: whose it is, and its height.
function ceilingText({ page }, line, { height }, owners) {
  const named = page.names.length > 1 && line.coordinates.length;
  const name = line.coordinates.map((i) => lowered(page.names[i])).join(", ");
  const text = fill(named ? page.words["ceiling of"] : page.words.ceiling, { name, value: short(height) });
  return owners.length ? fill(page.words.owned, { name: owners.join(", "), text }) : text;
}

// The name of a line that moves along the path.
function guideText(figure, line) {
  const { page } = figure;
  if (line.kind === "root") return "1/√t";
  const C = short(line.realised ? 2 : figure.path(line.walks[0]).constants[0]);
  const index = line.coordinates.map((i) => lowered(String(i + 1).repeat(2))).join();
  const curvature = line.kind === "own" ? (page.names.length > 1 ? `H${index}` : "f″") : "λmax(H)";
  return line.kind === "diagonal" ? `${C}/max Hᵢᵢ` : `${C}/${curvature}`;
}
