// Operations that JavaScript has not, or not to the last bit.

// The remainder with the sign of the divisor, as of NumPy.
function mod(a, b) {
  const rest = a % b;
  return rest && rest < 0 !== b < 0 ? rest + b : rest;
}

const sign = (a) => (a > 0 ? 1 : a < 0 ? -1 : a);

// a + b and a·b exactly, as sums of two doubles (Dekker, Numer. Math. 18, 1971).
function sum2(a, b) {
  const high = a + b;
  const moved = high - a;
  return [high, a - (high - moved) + (b - moved)];
}

function split(a) {
  const moved = a * 134217729;
  const high = moved - (moved - a);
  return [high, a - high];
}

function product2(a, b) {
  const high = a * b;
  const [a1, a2] = split(a);
  const [b1, b2] = split(b);
  return [high, a1 * b1 - high + a1 * b2 + a2 * b1 + a2 * b2];
}

function add([a, a2], [b, b2]) {
  const [high, low] = sum2(a, b);
  return sum2(high, low + a2 + b2);
}

function multiply([a, a2], [b, b2]) {
  const [high, low] = product2(a, b);
  return sum2(high, low + (a * b2 + a2 * b));
}

function divide([a, a2], b) {
  const first = a / b;
  const [high, low] = product2(first, b);
  return sum2(first, (a - high - low + a2) / b);
}

const LN2 = [0.6931471805599453, 2.3190468138462996e-17];

// e^z of a sum of two doubles as [high, low] and the power of two that multiplies it.
function exp2(z) {
  const k = Math.round(z[0] / LN2[0]);
  const [kh, kl] = multiply(LN2, [-k, 0]);
  let r = add(z, [kh, kl]);
  r = [r[0] / 256, r[1] / 256];
  let term = r;
  let total = r;
  for (let n = 2; n < 12; n++) {
    term = divide(multiply(term, r), n);
    total = add(total, term);
  }
  for (let i = 0; i < 8; i++) total = add([2 * total[0], 2 * total[1]], multiply(total, total));
  return [add([1, 0], total), k];
}

// ln x of x > 0, by a step of Newton's method from the built-in one.
function log2(x) {
  const guess = Math.log(x);
  const [[high, low], k] = exp2([-guess, 0]);
  const scale = 2 ** Math.trunc(k / 2);
  const scaled = multiply(multiply([high, low], [scale, 0]), [x * 2 ** (k - Math.trunc(k / 2)), 0]);
  const d = add(scaled, [-1, 0]);
  // ln(1 + d) of a d of some 1e-16
  return add([guess, 0], add(d, multiply([-d[0] / 2, 0], d)));
}

const powers = new Map();

// x to the power of y, rounded correctly.
function pow(x, y) {
  const plain = Math.abs(x);
  if (!(plain > 0 && plain < Infinity) || !Number.isFinite(y) || y === 0 || plain === 1) return Math.pow(x, y);
  if (x < 0) return Number.isInteger(y) ? (y % 2 ? -pow(-x, y) : pow(-x, y)) : NaN;
  if (y === 0.5) return Math.sqrt(x);
  const key = `${x},${y}`;
  let found = powers.get(key);
  if (found === undefined) {
    const z = multiply(log2(x), [y, 0]);
    if (Math.abs(z[0]) > 700) found = Math.pow(x, y);
    else {
      const [[high, low], k] = exp2(z);
      found = (high + low) * 2 ** k;
    }
    if (powers.size > 50000) powers.clear();
    powers.set(key, found);
  }
  return found;
}
