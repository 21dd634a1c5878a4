// Names of level lines, which stand along them.

// From the left; that of a line out of view at the edge that it lies behind, on the right.
function levelNames(figure, panel, group, level) {
  const size = figure.page.sizes.word;
  const [left, top, right, bottom] = panel.box;
  const curvatures = new Set(level.map(({ line }) => line.curvature));
  const taken = [];
  const touch = (a, b) => Math.abs(a.y - b.y) < 1.1 * size && a.x < b.right && b.x < a.right;
  const meets = (box) => taken.some((one) => touch(one, box));
  const placed = level.map((each) => ({ ...each, at: panel.y.at(each.ceiling.height) }));
  const outside = ({ at }) => at < top || at > bottom;
  for (const { line, ceiling, owners, at } of placed.sort((a, b) => outside(a) - outside(b))) {
    if (Number.isNaN(at)) continue;
    const way = at < top ? " ↑" : at > bottom ? " ↓" : "";
    const text = `${ceilingText(figure, line, ceiling, level.length > curvatures.size ? owners : [])}${way}`;
    const wide = 0.56 * size * text.length;
    const x = way ? right - wide : left + 0.4 * size;
    const box = { x, right: x + wide, y: Math.min(Math.max(at - 0.35 * size, top + size), bottom - 0.4 * size) };
    for (let tries = 0; tries < 9 && meets(box); tries++) {
      if (way) box.y += (at < top ? 1.2 : -1.2) * size;
      else [box.x, box.right] = [box.x + 4 * size, box.right + 4 * size];
    }
    taken.push(box);
    shape("text", { class: "word", x: near(box.x), y: near(box.y), "font-size": size }, group, text);
  }
}

// The name of a level line: whose it is, and its height.
function ceilingText({ page }, line, { height }, owners) {
  const named = page.names.length > 1 && line.coordinates.length;
  const name = line.coordinates.map((i) => lowered(page.names[i])).join(", ");
  const text = fill(named ? page.words["ceiling of"] : page.words.ceiling, { name, value: short(height) });
  return owners.length ? fill(page.words.owned, { name: owners.join(", "), text }) : text;
}
