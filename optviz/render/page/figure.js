// A figure: its walks from a start with settings, drawn up to a step.

function figureOf(root, page) {
  const svg = root.querySelector("svg");
  const panels = page.panels.map((panel) => panelOf(panel, svg));
  const marks = page.marks.map((mark) => {
    const full = { ...mark, walk: page.walks[mark.walk] };
    return { ...full, number: mark.walk, ...drawn(full, panels[mark.panel]) };
  });
  const last = Math.max(...page.walks.map((walk) => walk.steps));
  const state = {
    step: last,
    starts: page.walks.map((walk) => walk.start.slice()),
    settings: page.walks.map((walk) => walk.settings.slice()),
    on: page.walks.map(() => true),
  };
  let paths = [];
  let waiting = 0;
  const listeners = [];

  function compute(number) {
    const walk = page.walks[number];
    if (walk.rows) return paths[number] || recorded(walk);
    return run(walk, state.starts[number], state.settings[number], walk.steps);
  }

  function draw() {
    waiting = 0;
    for (const mark of marks) {
      mark.show(state.on[mark.number]);
      if (state.on[mark.number]) mark.draw(paths[mark.number], state.step, page);
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
    svg,
    panels,
    marks,
    state,
    last,
    draw,
    path: (number) => paths[number],
    listen: (listener) => listeners.push(listener),
    step(step) {
      state.step = Math.min(Math.max(step, 0), last);
      changed();
    },
    toggle(number, on) {
      state.on[number] = on;
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
    setting(number, index, value) {
      state.settings[number][index] = value;
      paths[number] = compute(number);
      changed();
    },
    reset() {
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
