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

  // Beside paths; right of curves, one above the other.
  function place(group, { box }, names) {
    const [left, top, right, bottom] = box;
    let above = -Infinity;
    const taken = [];
    for (const { end, text, look, mark, size } of names.sort((a, b) => a.end[1] - b.end[1])) {
      const plane = mark && (mark.quantity === "path" || mark.quantity === "profile");
      const early = plane || page.small || end[0] < right - 2.5 * size;
      const wide = 0.58 * size * text.length;
      const turned = early && end[0] + wide + size > right;
      const x = early ? end[0] + (turned ? -0.8 : 0.8) * size : right + 0.6 * size;
      let y = Math.min(Math.max(end[1], top + 0.5 * size), bottom - 0.2 * size) + (page.small ? -0.6 : 0.35) * size;
      const span = turned ? [x - wide, x] : [x, x + wide];
      const meets = (other) => Math.abs(other.y - y) < 1.1 * size && other.span[0] < span[1] && span[0] < other.span[1];
      if (!early) y = above = Math.max(y, above + 1.15 * size);
      else while (taken.some(meets)) y += 0.4 * size;
      taken.push({ y, span });
      const anchor = turned ? "end" : "start";
      const where = { x: near(Math.max(x, left)), y: near(y), "text-anchor": anchor };
      shape("text", { class: `${look} label`, ...where, "font-size": size }, group, text);
    }
  }
}

// The name of a mark: its walk, and its coordinates where that has several curves.
function labelOf(figure, mark) {
  const { page } = figure;
  const alone = figure.marks.every((other) => other.panel !== mark.panel || other.walk.role === mark.walk.role);
  const name = alone ? "" : nameNow(mark.walk, figure.state.settings[mark.number]);
  const path = figure.path(mark.number);
  const all = mark.coordinates.length === page.names.length;
  const rates = ["rate", "realised", "asymptotic"].includes(mark.quantity);
  const listed = rates && page.names.length > 1 && !(all && name) ? mark.coordinates : [];
  const coordinates = listed.length > 3 ? [listed[0], "…", listed[listed.length - 1]] : listed;
  const text = coordinates.map((i) => (i === "…" ? i : lowered(page.names[i]))).join(listed.length > 3 ? " " : ", ");
  const over = path.end < path.steps && figure.state.step > path.end && !rates ? page.words.overflow : "";
  return [name, text, over].filter(Boolean).join(", ");
}

// The name of a walk as a figure has it, with the values of its sliders.
function nameNow({ name, knobs, settings: typed }, settings) {
  return name
    .split(", ")
    .map((part) => {
      const k = knobs.findIndex((knob, i) => part.startsWith(`${knob.symbol} = `) && settings[i] !== typed[i]);
      return k < 0 ? part : `${knobs[k].symbol} = ${short(settings[k])}`;
    })
    .join(", ");
}
