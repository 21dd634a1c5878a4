// Curvature along a path: the Hessian where each step begins, and the largest eigenvalues.

// λmax of diag(rate)·H, which is that of the symmetric √rate·H·√rate; NaN where there is none.
function sharpness(rate, H) {
  const n = rate.length;
  const M = Array.from(H, (entry, k) => Math.sqrt(rate[Math.floor(k / n)] * rate[k % n]) * entry);
  if (!rate.every((value) => value >= 0 && value < Infinity) || !M.every(Number.isFinite)) return NaN;
  const diagonal = rate.map((_, i) => M[i * n + i]);
  const sum = (list) => list.reduce((total, value) => total + Math.abs(value), 0);
  if (n === 1 || sum(M) === sum(Array.from(diagonal))) return Math.max(...diagonal);
  return n === 2 ? largestOfTwo(M) : largestOfMany(M, n);
}

// (a + c)/2 + √(((a − c)/2)² + b²), scaled by a power of 2 that no square overflows.
function largestOfTwo(M) {
  const scale = 2 ** Math.ceil(Math.log2(Math.max(...M.map(Math.abs))));
  const [a, b, , c] = M.map((entry) => entry / scale);
  const half = (a - c) / 2;
  return scale * ((a + c) / 2 + Math.sqrt(half * half + b * b));
}

// Jacobi's method: rotations until what is off the diagonal is rounding.
function largestOfMany(entries, n) {
  const M = entries.slice();
  const size = Math.max(...M.map(Math.abs));
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        off = Math.max(off, Math.abs(M[p * n + q]));
        rotate(M, n, p, q);
      }
    }
    if (off <= 1e-15 * size) break;
  }
  return Math.max(...Array.from({ length: n }, (_, i) => M[i * n + i]));
}

// Makes the entry (p, q) of a symmetric matrix 0.
function rotate(M, n, p, q) {
  const b = M[p * n + q];
  if (b === 0) return;
  const theta = (M[q * n + q] - M[p * n + p]) / (2 * b);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const [a, d] = [M[k * n + p], M[k * n + q]];
    M[k * n + p] = c * a - s * d;
    M[k * n + q] = s * a + c * d;
  }
  for (let k = 0; k < n; k++) {
    const [a, d] = [M[p * n + k], M[q * n + k]];
    M[p * n + k] = c * a - s * d;
    M[q * n + k] = s * a + c * d;
  }
}

// A number for each step t = 1, 2, … from the Hessian where it begins and its rates, once a path.
function alongPath(path, page, name, measure) {
  path.along ||= {};
  if (path.along[name]) return path.along[name];
  const { dim, steps } = path;
  const values = new Float64Array(steps + 1).fill(NaN);
  const H = new Float64Array(dim * dim);
  for (let t = 1; t <= steps; t++) {
    page.hessian(path.x.subarray((t - 1) * dim, t * dim), H);
    values[t] = measure(H, path.rate.subarray((t - 1) * dim, t * dim));
  }
  return (path.along[name] = values);
}

const sharpnessAlong = (path, page) => alongPath(path, page, "sharpness", (H, rate) => sharpness(rate, H));
