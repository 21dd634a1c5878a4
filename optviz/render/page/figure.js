// A figure: its walks from a start with settings, drawn up to a step.

function figureOf(root, page) {
  const { still, stage, svg } = stageOf(root, page);
  const panels = page.panels.map((panel) => panelOf(panel, svg));
  const marks = page.marks.map((mark) => {
    const look = { dash: [], ...mark.look };
    const full = { coordinates: [0], ...mark, look, number: mark.walk, walk: page.walks[mark.walk] };
    return { ...full, shapes: drawn(full, panels[mark.panel]) };
  });
  const last = Math.max(...page.walks.map((walk) => walk.steps));
  const state = {
    step: last,
    starts: page.walks.map((walk) => walk.start.slice()),
    settings: page.walks.map((walk) => walk.settings.slice()),
    on: page.walks.map(() => true),
  };
  const groups = groupsOf(page.walks);
  let paths = [];
  let waiting = 0;
  const listeners = [];

  function compute(number) {
    const walk = page.walks[number];
    if (walk.rows) state.settings[number] = stopped(walk, state.settings[number]);
    const settings = state.settings[number];
    const path = walk.rows ? recorded(walk, settings) : run(walk, state.starts[number], settings, walk.steps);
    return Object.assign(path, { constants: constantsOf(walk, settings), theory: theoryOf(walk, settings) });
  }

  const moved = () =>
    page.walks.some((walk, i) => String([walk.start, walk.settings]) !== String([state.starts[i], state.settings[i]]));

  // Whether all of the still is true: nothing has moved, and all of it is shown.
  const resting = () =>
    !moved() && state.step === last && state.on.every(Boolean) && !root.classList.contains("fitted");

  function draw() {
    cancelAnimationFrame(waiting);
    waiting = 0;
    root.classList.toggle("moved", moved());
    root.classList.toggle("resting", resting());
    still.setAttribute("aria-hidden", moved()); // its description is that of the typed walks
    for (const { shapes, number } of marks) {
      shapes.show(state.on[number]);
      if (state.on[number]) shapes.draw(paths[number], state.step, page);
    }
    for (const listener of listeners) listener();
  }

  // Draws before the next frame, once, whatever has changed.
  function changed() {
    if (!waiting) waiting = requestAnimationFrame(draw);
  }

  const figure = {
    root,
    page,
    still,
    stage,
    svg,
    panels,
    marks,
    groups,
    state,
    last,
    draw,
    moved,
    resting,
    path: (number) => paths[number],
    listen: (listener) => listeners.push(listener),
    step(step) {
      state.step = Math.min(Math.max(step, 0), last);
      changed();
    },
    toggle(numbers, on) {
      for (const number of numbers) state.on[number] = on;
      changed();
    },
    // Moves the starts that stand where that of walk `number` does.
    start(number, point) {
      const before = String(state.starts[number]);
      state.starts.forEach((start, i) => {
        if (String(start) !== before || page.walks[i].rows) return;
        state.starts[i] = point.slice();
        paths[i] = compute(i);
      });
      changed();
    },
    setting(numbers, index, value) {
      for (const number of numbers) {
        const walk = page.walks[number];
        if (walk.rows) state.settings[number] = walk.settings.slice(); // they are moved one at a time
        state.settings[number][index] = value;
        paths[number] = compute(number);
      }
      changed();
    },
    unfit() {},
    reset() {
      figure.unfit();
      page.walks.forEach((walk, i) => {
        state.starts[i] = walk.start.slice();
        state.settings[i] = walk.settings.slice();
        state.on[i] = true;
      });
      state.step = last;
      figure.refresh();
    },
    refresh() {
      paths = page.walks.map((_, i) => compute(i));
      changed();
    },
  };
  paths = page.walks.map((_, i) => compute(i));
  return figure;
}

// The still, which is one picture for screen readers, and over it an SVG of what can be moved.
function stageOf(root, page) {
  const still = root.querySelector("svg");
  const stage = element("div", { class: "stage" });
  still.before(stage);
  stage.append(still);
  const box = still.getAttribute("viewBox");
  const svg = shape("svg", { class: "live", viewBox: box, role: "group", "aria-label": page.words.paths }, stage);
  return { still, stage, svg };
}

// The numbers of the walks of each optimizer: from several starts it has several.
function groupsOf(walks) {
  const groups = new Map();
  walks.forEach((walk, i) => groups.set(walk.text, [...(groups.get(walk.text) || []), i]));
  return [...groups.values()];
}
