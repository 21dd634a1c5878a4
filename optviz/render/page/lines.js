// Ceilings and guides as lines, drawn anew where the still is not true any more.

function linesOf(figure) {
  const { page, panels } = figure;
  const groups = panels.map((panel) => ({ below: shape("g", {}, panel.below), above: shape("g", {}, panel.above) }));
  figure.listen(() => {
    panels.forEach((panel, number) => {
      const { below, above } = groups[number];
      below.replaceChildren();
      above.replaceChildren();
      panel.guides = [];
      if (figure.resting()) return;
      const shown = shownLines(figure, number);
      const level = shown.filter(({ ceiling }) => ceiling.height !== undefined);
      if (level.length) levelNames(figure, panel, below, level);
      for (const each of shown) drawLine(page, panel, below, each);
      if (shown.some(({ crossed }) => crossed.length)) ringsOf(figure, panel, above, shown);
    });
  });
}

function drawLine(page, panel, group, { line, ceiling, walk, path }) {
  const { look } = line;
  const [left, , right] = panel.box;
  const colour = look.role < 0 ? (look.dotted ? "guide" : "ceiling") : `w${page.walks[walk].role}`;
  const attributes = { class: `line ${colour}`, "stroke-width": look.width };
  if (look.dash.length) attributes["stroke-dasharray"] = look.dash.join(" ");
  if (ceiling.at) {
    const { d, end } = alongSteps(panel, ceiling, line.kind === "theory" ? 0 : 1, path.end);
    shape("path", { ...attributes, d }, group);
    if (end) panel.guides.push({ end, text: guideText(page, line, path, ceiling) });
  } else {
    const y = near(panel.y.at(ceiling.height));
    if (Number.isFinite(y)) shape("path", { ...attributes, d: `M${left} ${y}H${right}` }, group);
  }
}

// A line with a height at each step, and its last point in view.
function alongSteps(panel, { at }, first, last) {
  const [, top, , bottom] = panel.box;
  let [d, pen, end] = ["", "M", undefined];
  for (let t = first; t <= last; t++) {
    const [x, y] = [panel.x.at(t), panel.y.at(at(t))];
    const known = Number.isFinite(x) && Number.isFinite(y);
    if (known) d += `${pen}${near(x)} ${near(y)}`;
    if (known && y >= top && y <= bottom) end = [x, y];
    pen = known ? "L" : "M";
  }
  return { d, end };
}

// The lines of a panel: one for each walk that is on, those in one place once, with their owners.
function shownLines(figure, number) {
  const { page, state } = figure;
  const found = [];
  for (const line of page.lines.filter((each) => each.panel === number)) {
    for (const walk of line.walks.filter((each) => state.on[each])) {
      const path = figure.path(walk);
      const ceiling = ceilingOf(line, path, page);
      const crossed = line.kind === "root" || line.kind === "theory" ? [] : crossingsOf(line, path, page);
      const alike = ({ line: other }) => other.curvature === line.curvature;
      const same = !ceiling.at && found.find((each) => alike(each) && each.ceiling.height === ceiling.height);
      const owner = bare(figure, walk);
      if (same && !same.owners.includes(owner)) same.owners.push(owner);
      if (same) same.crossed.push(...crossed);
      else found.push({ line, walk, path, ceiling, crossed, owners: [owner] });
    }
  }
  return found;
}

// The name of a line that moves along the path.
function guideText({ names }, line, { constants }, { factor }) {
  if (line.kind === "root") return "1/√t";
  if (line.kind === "theory") return `${short(factor)}${line.power > 1 ? "²" : ""}ᵗ`;
  const C = short(line.realised ? 2 : constants[0]);
  const index = line.coordinates.map((i) => lowered(String(i + 1).repeat(2))).join();
  const curvature = line.kind === "own" ? (names.length > 1 ? `H${index}` : "f″") : "λmax(H)";
  return line.kind === "diagonal" ? `${C}/max Hᵢᵢ` : `${C}/${curvature}`;
}
