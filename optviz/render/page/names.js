// Names at the ends of lines, with their settings as they are now.

function namesOf(figure) {
  const { page, panels, state } = figure;
  const groups = panels.map((panel) => shape("g", {}, panel.above));
  figure.listen(() => {
    panels.forEach((panel, number) => {
      groups[number].replaceChildren();
      if (figure.resting()) return;
      const marks = figure.marks.filter((mark) => mark.panel === number && mark.look.named);
      const size = page.sizes.name;
      const names = marks
        .filter((mark) => state.on[mark.number] && mark.shapes.end)
        .map((mark) => ({ end: mark.shapes.end, text: labelOf(figure, mark), look: `n${mark.walk.role}`, mark, size }));
      const guides = panel.guides.map((guide) => ({ ...guide, look: "word", size: page.sizes.word }));
      place(groups[number], panel, [...names, ...guides].filter((name) => name.text));
    });
  });

  // Beside paths; right of curves, one above the other, in lines that fit in there.
  function place(group, panel, names) {
    const [left, top, right, bottom] = panel.box;
    const full = figure.svg.viewBox.baseVal.width;
    let [above, least] = [-Infinity, bottom];
    const taken = [];
    const column = [];
    for (const { end, text, look, mark, size } of names.sort((a, b) => a.end[1] - b.end[1])) {
      const plane = mark && (mark.quantity === "path" || mark.quantity === "profile");
      const early = plane || page.small || end[0] < right - 2.5 * size;
      const beside = right + 0.6 * size;
      const lines = early ? [text] : foldedAt(text, (borderOf(panel) - beside) / (0.56 * size));
      const wide = 0.58 * size * Math.max(...lines.map((line) => line.length));
      const turned = early && end[0] + wide + size > right;
      const reach = turned ? [wide, full] : [0, full - wide]; // that no end of it is cut off
      const x = early ? Math.min(Math.max(end[0] + (turned ? -0.8 : 0.8) * size, reach[0]), reach[1]) : beside;
      let y = Math.min(Math.max(end[1], top + 0.5 * size), bottom - 0.2 * size) + (page.small ? -0.6 : 0.35) * size;
      const span = turned ? [x - wide, x] : [x, x + wide];
      const meets = (other) => Math.abs(other.y - y) < 1.1 * size && other.span[0] < span[1] && span[0] < other.span[1];
      const way = end[1] > (top + bottom) / 2 ? -0.4 : 0.4; // into the panel
      if (early) while (taken.some(meets)) y += way * size;
      else y = Math.max(y, above + 1.15 * size);
      above = early ? above : y + 1.15 * size * (lines.length - 1);
      taken.push({ y, span });
      const where = { x: near(Math.max(x, left)), "text-anchor": turned ? "end" : "start" };
      const made = shape("text", { class: `${look} label`, ...where, y: near(y), "font-size": size }, group);
      const spans = lines.map((line) => shape("tspan", { x: where.x }, made, line));
      spans.slice(1).forEach((line) => line.setAttribute("dy", near(1.15 * size)));
      if (!early) column.push({ made, y, size, rows: lines.length });
    }
    // Those that would stand below the panel move up, and those above them.
    for (const { made, y, size, rows } of column.reverse()) {
      const low = Math.min(y, least - 1.15 * size * (rows - 1));
      made.setAttribute("y", near(low));
      least = low - 1.15 * size;
    }
  }

  // Where the next panel to the right begins, with the numbers of its axis, or the figure ends.
  function borderOf({ box: [, top, right, bottom] }) {
    const next = panels.filter(({ box }) => box[0] > right && box[1] < bottom && box[3] > top);
    const room = 4 * page.sizes.tick;
    return Math.min(figure.svg.viewBox.baseVal.width, ...next.map(({ box }) => box[0] - room));
  }
}

// A text in lines of so many letters, broken between its parts, or its words where one is too long.
function foldedAt(text, letters) {
  const words = (part) => (part.length > letters ? part.split(/(?<=[^=]\s)(?!=)/) : [part]);
  const parts = text.split(/(?<=,\s)(?![^(]*\))/).flatMap(words);
  const lines = [""];
  for (const part of parts) {
    const line = lines.pop();
    lines.push(...(line && (line + part).trim().length > letters ? [line, part] : [line + part]));
  }
  return lines;
}

// The name of a mark: its walk, and its coordinates where that has several curves.
function labelOf(figure, mark) {
  const { page } = figure;
  const alone = figure.marks.every((other) => other.panel !== mark.panel || other.walk.role === mark.walk.role);
  const name = alone ? "" : nameNow(figure, mark.number);
  const path = figure.path(mark.number);
  const all = mark.coordinates.length === page.names.length;
  const rates = ["rate", "realised", "asymptotic"].includes(mark.quantity);
  const listed = rates && page.names.length > 1 && !(all && name) ? mark.coordinates : [];
  const coordinates = listed.length > 3 ? [listed[0], "…", listed[listed.length - 1]] : listed;
  const text = coordinates.map((i) => (i === "…" ? i : lowered(page.names[i]))).join(listed.length > 3 ? " " : ", ");
  const over = path.end < path.steps && figure.state.step > path.end && !rates ? page.words.overflow : "";
  return [name, text, over].filter(Boolean).join(", ");
}

// The name of a walk as a figure has it, with the values of its sliders; what has moved is added to
// one that has no settings, as a label.
function nameNow({ page, state }, number) {
  const { name } = page.walks[number];
  const added = name.some(Number.isInteger) ? [] : movedOf(page.walks[number], state.settings[number]);
  return [told(name, state.settings[number]), ...added].join(", ");
}

const told = (parts, settings) => parts.map((part) => (Number.isInteger(part) ? short(settings[part]) : part)).join("");

// The settings that have moved, but for those of its schedule, which its title has.
const movedOf = ({ knobs, settings: typed, title }, settings) =>
  knobs.flatMap(({ symbol }, i) =>
    settings[i] === typed[i] || title.includes(i) ? [] : [`${symbol} = ${short(settings[i])}`],
  );
