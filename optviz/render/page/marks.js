// The shapes of a mark, a line with what stands on it, and what draws them anew.

function drawn(mark, panel) {
  const { look, walk } = mark;
  const plane = mark.quantity === "path" || mark.quantity === "profile";
  const line = (extra) => shape("path", { class: extra }, panel.frame);
  const halo = look.halo ? line("halo") : undefined;
  const stroke = line(`line w${walk.role}`);
  const on = line(`dots f${walk.role}${look.hollow ? ` hollow h${walk.role}` : ""}`);
  const close = line(`close f${walk.role}`);
  const exit = shape("path", { class: `dots f${walk.role}` }, panel.above);
  if (halo) halo.setAttribute("stroke-width", look.halo);
  stroke.setAttribute("stroke-width", look.width);
  if (look.dash.length) stroke.setAttribute("stroke-dasharray", look.dash.join(" "));

  // Symbols with an edge, and smaller ones without where two would touch; a larger one at the end.
  function symbols(made, out) {
    const points = look.dot ? marked(made, look, panel) : [];
    const end = plane && !out && made.pixels[made.pixels.length - 1];
    const near = points.map((point, k) => touches(point, points[k - 1]) || touches(point, points[k + 1]));
    const dots = (small, r) => points.filter((_, k) => near[k] === small).map((point) => symbol(look.shape, point, r));
    close.setAttribute("d", dots(true, look.dot - 0.4).join(""));
    on.setAttribute("d", [...dots(false, look.dot), ...(end ? [symbol(look.shape, end, look.head)] : [])].join(""));
  }

  const touches = (a, b) => Boolean(b) && Math.hypot(a[0] - b[0], a[1] - b[1]) < 2.7 * look.dot;

  const result = {
    // The last point, where the name of the mark stands.
    end: undefined,
    draw(path, last, page) {
      const lines = mark.coordinates.map((i) => outline(mark, panel, path, last, page, i));
      const [made, ...others] = lines;
      const whole = [made.line, ...others.map((each) => each.line).filter((text) => text !== made.line)].join("");
      const out = exitOf(made, panel);
      if (halo) halo.setAttribute("d", whole);
      stroke.setAttribute("d", whole);
      symbols(made, out);
      exit.setAttribute("d", out ? arrowhead(out.at, out.way, 3.5) : "");
      result.end = out ? out.at : made.pixels[made.pixels.length - 1];
    },
    show(visible) {
      for (const each of [halo, stroke, close, on, exit]) if (each) each.classList.toggle("off", !visible);
    },
  };
  return result;
}
