// Controls below the figure: the step, its numbers, the optimizers and their settings.

function element(name, attributes, parent, text) {
  const made = document.createElement(name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (text !== undefined) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, key) => values[key]);

function controlsOf(figure) {
  const { page, state, last } = figure;
  const { words } = page;
  const box = element("div", { class: "controls" }, figure.root);
  const top = element("div", { class: "row" }, box);
  const play = element("button", { type: "button" }, top, words.play);
  const steps = element("input", { type: "range", min: 0, max: last, step: 1, "aria-label": words.step }, top);
  const count = element("output", {}, top);
  const reset = element("button", { type: "button" }, top, words.reset);
  steps.addEventListener("input", () => figure.step(Number(steps.value)));
  copierOf(figure, top);
  reset.addEventListener("click", () => figure.reset());
  player(figure, play);

  const rows = page.walks.map((walk, number) => {
    const row = element("div", { class: `row walk k${walk.role}` }, box);
    const label = element("label", { class: "name" }, row);
    const on = element("input", { type: "checkbox" }, label);
    on.checked = true;
    on.addEventListener("change", () => figure.toggle(number, on.checked));
    element("span", { class: `key w${walk.role}` }, label);
    element("span", {}, label, walk.name);
    const knobs = walk.knobs.map((knob, index) => knobOf(figure, number, index, knob, row));
    const values = element("output", { class: "values" }, row);
    return { on, knobs, values };
  });

  figure.listen(() => {
    steps.value = state.step;
    count.textContent = fill(words.of, { step: state.step, last });
    const spoken = [count.textContent];
    rows.forEach((row, number) => {
      const text = numbersAt(figure, number);
      row.on.checked = state.on[number];
      row.values.textContent = text;
      for (const knob of row.knobs) knob();
      if (state.on[number]) spoken.push(`${page.walks[number].name}: ${text}`);
    });
    steps.setAttribute("aria-valuetext", spoken.join("; "));
  });
}

// x and f of a walk after a step.
function numbersAt(figure, number, step = figure.state.step) {
  const path = figure.path(number);
  const t = Math.min(step, path.end);
  const x = Array.from(path.x.subarray(t * path.dim, (t + 1) * path.dim), short);
  const names = figure.page.names;
  const point = names.length > 3 ? "" : `${names.map((name, i) => `${name} = ${x[i]}`).join(", ")}, `;
  const over = path.end < step && path.end < path.steps ? ` (${figure.page.words.overflow})` : "";
  return `${point}f = ${short(path.f[t])}${over}`;
}

// A slider of a setting, by factors where it is logarithmic; answers what shows its value.
function knobOf(figure, number, index, knob, parent) {
  const label = element("label", { class: "knob" }, parent);
  element("span", {}, label, knob.symbol);
  const to = knob.log ? Math.log10 : (value) => value;
  const from = knob.log ? (value) => Number((10 ** value).toPrecision(4)) : Number;
  const slider = element("input", {
    type: "range", min: to(knob.low), max: to(knob.high), step: "any",
    "aria-label": `${figure.page.walks[number].name} ${knob.symbol}`,
  }, label);
  const value = element("output", {}, label);
  const step = (to(knob.high) - to(knob.low)) / 100;
  slider.addEventListener("input", () => {
    const rounded = knob.log ? from(slider.value) : Number(Number(slider.value).toFixed(4));
    figure.setting(number, index, rounded);
  });
  slider.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!way) return;
    event.preventDefault();
    slider.value = Number(slider.value) + way * step;
    slider.dispatchEvent(new Event("input"));
  });
  return () => {
    const now = figure.state.settings[number][index];
    slider.value = to(now);
    value.textContent = short(now);
    slider.setAttribute("aria-valuetext", `${knob.symbol} = ${short(now)}`);
  };
}

// Play and pause: all steps in five seconds at most, none where motion is not wanted.
function player(figure, button) {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const { words } = figure.page;
  const { last, state } = figure;
  const seconds = Math.min(Math.max(last * 0.12, 1.5), 5);
  let began = 0;
  let first = 0;
  let frame = 0;

  function stop() {
    cancelAnimationFrame(frame);
    frame = 0;
    button.textContent = words.play;
  }

  function tick(now) {
    began = began || now;
    const step = first + Math.floor(((now - began) / 1000 / seconds) * last);
    figure.step(step);
    if (step >= last) stop();
    else frame = requestAnimationFrame(tick);
  }

  button.addEventListener("click", () => {
    if (frame) return stop();
    if (still.matches) return figure.step(state.step >= last ? 0 : state.step + 1);
    first = state.step >= last ? 0 : state.step;
    began = 0;
    button.textContent = words.pause;
    frame = requestAnimationFrame(tick);
  });
}
