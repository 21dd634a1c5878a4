// The words of a legend, with their settings as they are now where there is room; its swatches stay.

function legendOf(figure) {
  const { page, svg } = figure;
  const size = page.sizes.name;
  const words = page.keys.map(({ x, y }) => shape("text", { class: "title", x, y, "font-size": size }, svg));
  // As far as the swatch of the next, or the border.
  function roomOf({ x, y }) {
    const next = page.keys.filter((key) => key.x > x && Math.abs(key.y - y) < size);
    return Math.min(svg.viewBox.baseVal.width, ...next.map((key) => key.x - 3.5 * size)) - x;
  }

  figure.listen(() => {
    page.keys.forEach(({ mark, text }, i) => {
      const now = mark < 0 ? text : labelOf(figure, figure.marks[mark]);
      const fits = (text) => roomOf(page.keys[i]) / (0.58 * text.length);
      const shown = mark < 0 || fits(now) > 0.75 * size ? now : bare(figure, figure.marks[mark].number);
      write(words[i], figure.moved() ? shown : "");
      words[i].setAttribute("font-size", near(Math.min(size, Math.max(fits(shown), 0.6 * size))));
    });
  });
}
