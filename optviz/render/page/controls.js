// Controls below the figure: the step, what can be done, the optimizers with their settings.

function controlsOf(figure) {
  const { page, state, last, groups } = figure;
  const { words } = page;
  const box = element("div", { class: "controls" }, figure.root);
  const steps = stepsOf(figure, element("div", { class: "row" }, box));
  const acts = element("div", { class: "row" }, box);
  fitterOf(figure, acts);
  buttonOf(acts, words.reset, () => figure.reset());
  copierOf(figure, acts, box);
  const note = page.hides && element("p", { class: "note", hidden: "" }, box, words.hidden);
  const below = element("p", { class: "note", hidden: "" }, box, words.below);
  const list = element("div", { class: "walks" }, box);
  const rows = groups.map((numbers) => walkOf(figure, numbers, list));

  figure.listen(() => {
    const now = fill(words.of, { step: state.step, last });
    steps.slider.value = state.step;
    if (note) note.hidden = !figure.moved() && !figure.root.classList.contains("fitted");
    below.hidden = !figure.marks.some((mark) => state.on[mark.number] && isBelow(figure, mark));
    steps.count.textContent = now;
    const spoken = rows.flatMap((row) => row());
    steps.slider.setAttribute("aria-valuetext", [now, ...spoken].join("; "));
  });
}

// Whether a walk has come below f*, which is that of the walks as they were typed: f − f* ends there.
function isBelow({ page: { least }, path, state }, { quantity, number }) {
  if (quantity !== "gap") return false;
  const { f, end } = path(number);
  const enough = 1e-9 * Math.max(1, Math.abs(least));
  return f.subarray(0, Math.min(state.step, end) + 1).some((value) => value < least - enough);
}

function buttonOf(parent, text, act) {
  const button = element("button", { type: "button" }, parent, text);
  button.addEventListener("click", act);
  return button;
}

// Play, the slider of the steps, and which step it is.
function stepsOf(figure, row) {
  const { words } = figure.page;
  const play = element("button", { type: "button", class: "play" }, row, words.play);
  const slider = element("input", { type: "range", min: 0, max: figure.last, step: 1, "aria-label": words.step }, row);
  const count = element("output", { class: "count" }, row);
  slider.addEventListener("input", () => figure.step(Number(slider.value)));
  player(figure, play, slider);
  return { slider, count };
}

// An optimizer: whether it is shown, its settings, its numbers; answers what shows them anew.
function walkOf(figure, numbers, parent) {
  const { page, state } = figure;
  const walk = page.walks[numbers[0]];
  const row = element("div", { class: `walk k${walk.role}`, role: "group" }, parent);
  const label = element("label", { class: "name" }, row);
  const on = element("input", { type: "checkbox" }, label);
  on.addEventListener("change", () => figure.toggle(numbers, on.checked));
  swatchOf(figure, numbers[0], label);
  const title = element("span", {}, label);
  const knobs = walk.knobs.map((knob, index) => knobOf(figure, numbers, index, knob, row));
  const values = numbers.map(() => element("output", { class: "values" }, row));
  if (walk.every > 1) element("span", { class: "values" }, row, fill(page.words.every, walk));
  return () => {
    on.checked = state.on[numbers[0]];
    row.classList.toggle("pale", !on.checked);
    for (const knob of knobs) knob();
    write(title, bare(figure, numbers[0]));
    row.setAttribute("aria-label", title.textContent);
    return numbers.flatMap((number, i) => {
      values[i].textContent = numbersAt(figure, number);
      return on.checked ? [`${bare(figure, number)}: ${values[i].textContent}`] : [];
    });
  };
}

// A piece of the line of a walk, as a legend has it.
function swatchOf(figure, number, parent) {
  const look = figure.marks.find((mark) => mark.number === number)?.look;
  const line = shape("svg", { class: "key", viewBox: "0 0 24 8", "aria-hidden": "true" }, parent);
  const dash = look?.dash.length ? { "stroke-dasharray": look.dash.join(" ") } : {};
  shape("path", { class: `line w${figure.page.walks[number].role}`, d: "M0 4h24", "stroke-width": 3, ...dash }, line);
}

// x and f of a walk after a step.
function numbersAt(figure, number, step = figure.state.step) {
  const { names, words } = figure.page;
  const path = figure.path(number);
  const t = recordedAt(path.f, Math.min(step, path.end));
  const x = names.map((name, i) => `${lowered(name)}\u00a0=\u00a0${short(path.x[t * path.dim + i])}`);
  const over = path.end < step && path.end < path.steps ? ` (${words.overflow})` : "";
  const earlier = t < Math.min(step, path.end) ? ` (${fill(words.at, { step: t })})` : "";
  return `${[...(names.length > 3 ? [] : x), `f\u00a0=\u00a0${short(path.f[t])}`].join(", ")}${earlier}${over}`;
}

const lowered = (name) => name.replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);

// The name of a walk without the settings that sliders show; a schedule stays, as it is now.
const bare = ({ page, state }, number) => told(page.walks[number].title, state.settings[number]);
