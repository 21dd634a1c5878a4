// What is on screen as a part of the page's address, so that a link shows a moment.

function addressOf(figure) {
  const { page, root, state, last } = figure;
  const name = `optviz-${page.key}`;
  const numbers = (list) => list.map((row) => row.join(",")).join(";");
  const lists = (text) => text.split(";").map((row) => (row ? row.split(",").map(Number) : []));
  const of = ({ step, starts, settings, on }) =>
    [step, numbers(starts), numbers(settings), on.map(Number).join("")].join("|");
  const first = of({
    step: last,
    starts: page.walks.map((walk) => walk.start),
    settings: page.walks.map((walk) => walk.settings),
    on: page.walks.map(() => true),
  });
  const params = () => new URLSearchParams(location.hash.slice(1));
  let timer = 0;

  // Reads the state of the address; what does not fit is passed over.
  function read() {
    const [step, starts, settings, on] = (params().get(name) || "").split("|");
    if (on === undefined || on.length !== page.walks.length) return;
    const fits = (rows, key) =>
      rows.length === page.walks.length &&
      rows.every((row, i) => row.length === page.walks[i][key].length && row.every(Number.isFinite));
    const [x, s] = [lists(starts), lists(settings)];
    if (!fits(x, "start") || !fits(s, "settings") || !Number.isInteger(Number(step))) return;
    Object.assign(state, { starts: x, settings: s, on: [...on].map((digit) => digit === "1") });
    figure.refresh();
    figure.step(Number(step));
  }

  // Browsers allow some changes of the address a second, so it follows when things rest. An address
  // with an anchor of the page around it, or its slide, stays as it is.
  function write() {
    const all = params();
    if (!root.isConnected || [...all.keys()].some((other) => !other.startsWith("optviz-"))) return;
    if (of(state) === first) all.delete(name);
    else all.set(name, of(state));
    const text = all.toString();
    if (text === params().toString()) return;
    try {
      history.replaceState(history.state, "", text ? `#${text}` : location.href.split("#")[0]);
    } catch {
      // a page within another, without an address of its own
    }
  }

  read();
  addEventListener("hashchange", read);
  figure.listen(() => {
    clearTimeout(timer);
    timer = setTimeout(write, 400);
  });
}
