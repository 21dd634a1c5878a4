// The words of a legend, with their settings as they are now; its swatches stay.

function legendOf(figure) {
  const { page, svg } = figure;
  const size = page.sizes.name;
  const words = page.keys.map(({ x, y }) => shape("text", { class: "title", x, y, "font-size": size }, svg));
  figure.listen(() => {
    page.keys.forEach(({ mark, text }, i) => {
      const now = mark < 0 ? text : labelOf(figure, figure.marks[mark]);
      write(words[i], figure.moved() ? now : "");
    });
  });
}
