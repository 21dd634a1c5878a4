// Walks: the steps of an optimizer from a start, as optviz itself makes them.

// A walk has functions begin(i, o) and step(i, o), which were traced from the program:
// `dim` coordinates, `size` numbers of state (x, f, the gradient, what the rule keeps),
// `settings` with their values, `rates(i, o)` of a tabulated schedule.
function run(walk, start, settings, steps) {
  const { dim, size } = walk;
  const path = {
    dim,
    steps,
    x: new Float64Array((steps + 1) * dim).fill(NaN),
    f: new Float64Array(steps + 1).fill(NaN),
    grad: new Float64Array(steps * dim).fill(NaN),
    rate: new Float64Array(steps * dim).fill(NaN),
    end: 0, // the last step with a finite point
  };
  const input = new Float64Array(2 + settings.length + size);
  const output = new Float64Array(size + dim);
  const first = 2 + settings.length;
  input.set(settings);
  input.set(start, settings.length);
  walk.begin(input, output);
  const rates = ratesOf(walk, settings, steps);
  input.set(settings, 2);
  path.x.set(output.subarray(0, dim));
  path.f[0] = output[dim];
  for (let t = 1; t <= steps; t++) {
    input.set(output.subarray(0, size), first);
    input[0] = t;
    input[1] = rates ? rates[t - 1] : NaN;
    walk.step(input, output);
    const at = (t - 1) * dim;
    path.grad.set(input.subarray(first + dim + 1, first + 2 * dim + 1), at);
    path.rate.set(output.subarray(size, size + dim), at);
    if (!finite(output, dim)) break; // f or the gradient overflows: there is no point any more
    path.x.set(output.subarray(0, dim), t * dim);
    path.f[t] = output[dim];
    path.end = t;
  }
  return path;
}

// The rate of each step of a tabulated schedule.
function ratesOf(walk, settings, steps) {
  const rates = walk.rates && new Float64Array(steps);
  if (rates) walk.rates(settings, rates);
  return rates;
}

// C of the ceiling C/λ, and the factor of inertia, with these settings.
function constantsOf(walk, settings) {
  const values = [NaN, NaN];
  if (walk.constants) walk.constants(settings, values);
  return values;
}

// a and b of eₜ₊₁ = a eₜ − b eₜ₋₁ for each direction, with these settings.
function theoryOf(walk, settings) {
  const values = [];
  if (walk.theory) walk.theory(settings, values);
  return values;
}

// The last step up to t whose number was recorded.
function recordedAt(numbers, t) {
  let last = t;
  while (last > 0 && Number.isNaN(numbers[last])) last--;
  return last;
}

function finite(output, dim) {
  for (let i = dim; i <= 2 * dim; i++) if (!Number.isFinite(output[i])) return false;
  return true;
}
