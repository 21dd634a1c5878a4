// Where rates, or a sharpness, rise through their ceilings.

const mostCrossings = 40; // of a walk, beyond which only the first is marked

// The steps and heights of the crossings of a walk's line; of a rate the first alone.
function crossingsOf(line, path, page) {
  const { at, height } = ceilingOf(line, path, page);
  const y = at || (() => height);
  if (line.kind === "constant" || line.kind === "one") {
    const values = sharpnessAlong(path, page);
    const value = line.kind === "one" ? (t) => values[t] / path.constants[0] : (t) => values[t];
    const found = rises(value, y, path.steps, Infinity);
    return (found.length > mostCrossings ? found.slice(0, 1) : found).map((step) => ({ step, y: height }));
  }
  return line.coordinates.flatMap((i) => {
    const rate = rateOf(path, line.realised ? "realised" : "rate", i);
    return rises(rate, y, path.steps, 1).map((step) => ({ step, y: at ? rate(step) : height, coordinate: i }));
  });
}

// The first steps at which a value is above its ceiling and was not before.
function rises(value, ceiling, steps, most) {
  const found = [];
  for (let t = 2; t <= steps && found.length < most; t++)
    if (value(t) > ceiling(t) && value(t - 1) <= ceiling(t - 1)) found.push(t);
  return found;
}
