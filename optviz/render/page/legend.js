// The words of a legend, with their settings as they are now; its swatches stay.

function legendOf(figure) {
  const { page, svg } = figure;
  const group = shape("g", {}, svg);
  figure.listen(() => {
    group.replaceChildren();
    if (!figure.moved()) return;
    for (const { x, y, mark, text } of page.keys) {
      const now = mark < 0 ? text : labelOf(figure, figure.marks[mark]);
      shape("text", { class: "title", x, y, "font-size": page.sizes.name }, group, now);
    }
  });
}
