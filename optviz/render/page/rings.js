// Rings where lines are crossed, with the steps.

const mostWalks = 4; // in a panel, beyond which crossings would hide the curves

function ringsOf({ page, state }, panel, group, shown) {
  if (new Set(shown.map(({ walk }) => walk)).size > mostWalks) return;
  const seen = new Set();
  for (const { line, path, crossed } of shown) {
    for (const [number, { step, y }] of crossed.entries()) {
      const at = [near(panel.x.at(step)), near(panel.y.at(y))];
      const out = at[1] < panel.box[1] || at[1] > panel.box[3] || step > Math.min(state.step, path.end);
      if (out || seen.has(String(at))) continue;
      seen.add(String(at));
      shape("circle", { class: "ring", cx: at[0], cy: at[1], r: page.sizes.crossing }, group);
      if (number && (line.kind === "constant" || line.kind === "one")) continue;
      const place = { x: near(at[0] + 1.2 * page.sizes.crossing), y: near(at[1] + 1.6 * page.sizes.word) };
      const text = fill(page.words.at, { step });
      shape("text", { class: "word", ...place, "font-size": page.sizes.word }, group, text);
    }
  }
}
