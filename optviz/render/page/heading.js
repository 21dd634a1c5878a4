// The title of a figure that has moved, in the place of what was true of it as it was typed.

function headingOf(figure) {
  const { page, svg, state } = figure;
  const [x, y, size] = page.heading;
  const room = svg.viewBox.baseVal.width - 2 * x;
  const title = shape("text", { class: "title", x, y, "font-weight": "bold" }, svg);
  figure.listen(() => {
    const moved = figure.moved();
    const text = moved ? told() : "";
    const fits = near(Math.min(size, Math.max(room / (0.62 * text.length), page.sizes.tick)));
    const lines = foldedAt(text, room / (0.6 * fits));
    title.setAttribute("font-size", fits);
    title.replaceChildren(...lines.map((line) => shape("tspan", { x }, null, line)));
    for (const line of [...title.children].slice(1)) line.setAttribute("dy", near(1.2 * fits));
  });

  // The optimizers that are on, with the settings that have moved, and the start where it is one.
  function told() {
    const on = figure.groups.map(([number]) => number).filter((number) => state.on[number]);
    const names = on.map((number) => {
      const parts = movedOf(page.walks[number], state.settings[number]);
      return [bare(figure, number), ...parts].filter(Boolean).join(" ");
    });
    const shown = state.starts.filter((_, i) => state.on[i]);
    const starts = new Set(shown.map((start) => `(${start.map(short).join(", ")})`));
    const head = names.join(", ");
    return starts.size === 1 ? fill(page.words.from, { head, start: [...starts][0] }) : head;
  }
}
