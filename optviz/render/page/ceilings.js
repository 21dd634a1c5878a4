// Ceilings: the height of a line at each step, for a walk with its settings.

// What a line is above: `at(t)` is its height at step t, or `height` where it is the same at all.
function ceilingOf(line, path, page) {
  const C = line.realised ? 2 : path.constants[0];
  const { dim } = path;
  const over = (name, measure) => {
    const curvature = alongPath(path, page, name, measure);
    return { at: (t) => limit(C, curvature[t]) };
  };
  const [i] = line.coordinates;
  switch (line.kind) {
    case "curvature":
      return { height: C / line.curvature };
    case "constant":
      return { height: C };
    case "one":
      return { height: 1 };
    case "root": {
      const first = Math.max(...path.rate.subarray(0, dim));
      return { at: (t) => first / Math.sqrt(t) };
    }
    case "own":
      return over(`own ${i}`, (H) => H[i * dim + i]);
    case "diagonal":
      return over("diagonal", (H) => Math.max(...H.filter((_, k) => k % (dim + 1) === 0)));
    default:
      return over("steepest", (H) => sharpness(new Float64Array(dim).fill(1), H));
  }
}

// C/λ, without end where λ is not above 0.
const limit = (C, curvature) => (curvature > 0 ? C / curvature : Number.isNaN(curvature) ? NaN : Infinity);
