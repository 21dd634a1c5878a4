// The command line for what is on screen, from the recipe in the still.

const own = ["opt", "eta", "beta", "rho", "beta1", "beta2", "eps", "clip", "param", "start", "steps"];
const each = ["label", "colors"]; // one for each optimizer
const quoted = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`);

function commandOf(figure) {
  const source = figure.still.getElementsByTagName("dc:source")[0];
  if (!source) return undefined;
  const { optviz, figure: kind, final, fragment, slider, ...options } = JSON.parse(source.textContent);
  return () => {
    const { page, state, last, groups } = figure;
    const words = ["optviz", kind];
    const flag = (name, value) => {
      if (typeof value === "boolean") words.push(value ? `--${name}` : `--no-${name}`);
      else words.push(`--${name}`, quoted(String(value)));
    };
    const all = state.on.every(Boolean);
    for (const name in options) {
      if (own.includes(name)) continue;
      let values = [options[name]].flat();
      if (each.includes(name) && !all) {
        values = values.length === groups.length ? values.filter((_, i) => state.on[groups[i][0]]) : [];
      }
      for (const value of values) flag(name.replaceAll("_", "-"), value);
    }
    const shown = page.walks.map((walk, i) => i).filter((i) => state.on[i]);
    const texts = shown.map((i) => optimizerOf(page.walks[i], state.settings[i]));
    if (texts.includes(undefined)) return page.words.untyped;
    const starts = shown.map((i) => state.starts[i].join(","));
    const pairs = new Set(texts.map((text, k) => `${text} ${starts[k]}`));
    const [opts, places] = [new Set(texts), new Set(starts)];
    if (pairs.size < opts.size * places.size) return page.words.apart; // it would run each from all
    for (const text of opts) flag("opt", text);
    for (const start of places) flag("start", start);
    flag("steps", Math.max(state.step, 1) === last ? last : Math.max(state.step, 1));
    return words.join(" ");
  };
}

// An optimizer as people type it, with its settings as they are now; nothing if it cannot be typed.
function optimizerOf({ text, pattern, settings: typed }, settings) {
  if (String(settings) === String(typed)) return text;
  return pattern ? pattern.replace(/\{(\d+)\}/g, (_, i) => settings[i]) : undefined;
}

// A button that copies the command, or shows it where nothing may be copied.
function copierOf(figure, parent, below) {
  const command = commandOf(figure);
  if (!command) return;
  const { words } = figure.page;
  const button = element("button", { type: "button", class: "copy" }, parent, words.copy);
  const line = element("output", { class: "command" }, below);
  button.addEventListener("click", async () => {
    line.textContent = command();
    try {
      await navigator.clipboard.writeText(line.textContent);
      button.textContent = words.copied;
      setTimeout(() => (button.textContent = words.copy), 1500);
    } catch {
      getSelection().selectAllChildren(line);
    }
  });
}
