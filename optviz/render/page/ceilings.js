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
    case "theory": {
      const first = pointsOf(line, path, page)(0)[1];
      const factor = factorOf(path.theory);
      return { at: (t) => first * factor ** (line.power * t), factor };
    }
    case "own":
      return over(`own ${i}`, (H) => H[i * dim + i]);
    case "diagonal":
      return over("diagonal", (H) => Math.max(...H.filter((_, k) => k % (dim + 1) === 0)));
    default:
      return over("steepest", (H) => sharpness(new Float64Array(dim).fill(1), H));
  }
}

// The largest factor a step: of each direction the larger root of z² − az + b.
function factorOf(pairs) {
  let most = 0;
  for (let k = 0; k < pairs.length; k += 2) {
    const [a, b] = [pairs[k], pairs[k + 1]];
    const both = a * a + 4 * Math.abs(b);
    let inside = a * a - 4 * b;
    if (both < Infinity && Math.abs(inside) <= 1e-13 * both) inside = 0; // a root would magnify it
    const apart = inside === Infinity ? Math.abs(a) : Math.sqrt(Math.max(inside, 0));
    most = Math.max(most, inside < 0 ? Math.sqrt(b) : (Math.abs(a) + apart) / 2);
  }
  return most;
}

// C/λ, without end where λ is not above 0.
const limit = (C, curvature) => (curvature > 0 ? C / curvature : Number.isNaN(curvature) ? NaN : Infinity);
