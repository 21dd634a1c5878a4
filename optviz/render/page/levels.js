// Names of level lines, which stand along them.

// From the left; that of a line out of view at the edge that it lies behind.
function levelNames(figure, panel, group, level) {
  const size = figure.page.sizes.word;
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

// The name of a level line: whose it is, and its height.
function ceilingText({ page }, line, { height }, owners) {
  const named = page.names.length > 1 && line.coordinates.length;
  const name = line.coordinates.map((i) => lowered(page.names[i])).join(", ");
  const text = fill(named ? page.words["ceiling of"] : page.words.ceiling, { name, value: short(height) });
  return owners.length ? fill(page.words.owned, { name: owners.join(", "), text }) : text;
}
