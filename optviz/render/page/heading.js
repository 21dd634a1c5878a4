// The title of a figure that has moved, in the place of what was true of it as it was typed.

function headingOf(figure) {
  const { page, svg, state } = figure;
  const [x, y, size] = page.heading;
  const room = svg.viewBox.baseVal.width - 2 * x;
  const title = shape("text", { class: "title", x, y, "font-weight": "bold" }, svg);
  figure.listen(() => {
    const moved = figure.moved();
    write(title, moved ? told() : "");
    const fits = room / (0.62 * title.textContent.length);
    title.setAttribute("font-size", near(Math.min(size, Math.max(fits, page.sizes.tick))));
  });

  // The optimizers that are on, with the settings that have moved, and the start where it is one.
  function told() {
    const on = figure.groups.map(([number]) => number).filter((number) => state.on[number]);
    const names = on.map((number) => {
      const { knobs, settings } = page.walks[number];
      const changed = knobs.map((knob, i) => [knob.symbol, state.settings[number][i], settings[i]]);
      const parts = changed.filter(([, now, typed]) => now !== typed).map(([name, now]) => `${name} = ${short(now)}`);
      return [bare(page.walks[number]), ...parts].filter(Boolean).join(" ");
    });
    const shown = state.starts.filter((_, i) => state.on[i]);
    const starts = new Set(shown.map((start) => `(${start.map(short).join(", ")})`));
    const head = names.join(", ");
    return starts.size === 1 ? fill(page.words.from, { head, start: [...starts][0] }) : head;
  }
}
