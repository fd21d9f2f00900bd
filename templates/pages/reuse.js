"use strict";
(() => {
  // The list is in the page already; here it is sorted, filtered, and opened side by side.
  const SAME = 0;
  const MARKS = ["", "differs", "swapped", "forgotten"];
  const { documents, matches } = JSON.parse(document.getElementById("data").textContent);
  const tools = document.getElementById("tools");
  const reader = document.getElementById("reader");
  const lists = [...document.querySelectorAll(".rows")];
  const rows = lists.flatMap((list) => [...list.children]);
  const kinds = [...tools.querySelectorAll("[name=kind]")].map((box) => box.value);
  const number = (row) => Number(row.id.slice(1));
  const name = (row, side) => documents[row.dataset[side]].name;
  const ORDERS = {
    evidence: (x, y) => number(x) - number(y),
    length: (x, y) => y.dataset.length - x.dataset.length || number(x) - number(y),
    kind: (x, y) => kinds.indexOf(x.dataset.kind) - kinds.indexOf(y.dataset.kind) || number(x) - number(y),
    document: (x, y) =>
      name(x, "a").localeCompare(name(y, "a"), "zh") ||
      name(x, "b").localeCompare(name(y, "b"), "zh") ||
      number(x) - number(y),
  };
  let current = -1;

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // -- the list

  function wanted(row, form) {
    const data = row.dataset;
    return (
      form.getAll("kind").includes(data.kind) &&
      (!form.get("document") || [data.a, data.b].includes(form.get("document"))) &&
      (!form.get("words") || row.textContent.includes(form.get("words").trim()))
    );
  }

  function refresh() {
    const form = new FormData(tools);
    const shown = form.get("shown");
    for (const list of lists) {
      const section = list.closest("section");
      section.hidden = shown !== "all" && shown !== section.id;
      const fold = section.querySelector("details");
      if (fold && shown === "listed") fold.open = true;
      const own = [...list.children];
      for (const row of own) row.hidden = !wanted(row, form);
      list.append(...own.sort(ORDERS[form.get("order")]));
      section.querySelector(".none").hidden = own.some((row) => !row.hidden);
    }
    const left = visible();
    tools.elements.count.textContent = left.length < rows.length ? `${left.length}处，共${rows.length}处` : `共${rows.length}处`;
  }

  function visible() {
    return lists
      .filter((list) => !list.closest("section").hidden)
      .flatMap((list) => [...list.children])
      .filter((row) => !row.hidden);
  }

  // What n and p go through: the rows that are shown, of the kind that is open (flagged or not).
  function sequence() {
    const flagged = matches[current].flagged;
    const others = visible().map(number).filter((n) => matches[n].flagged === flagged);
    return others.includes(current) ? others : [current, ...others];
  }

  // -- the reader

  function open(n) {
    current = n;
    const row = document.getElementById(`m${n}`);
    reader.className = row.dataset.kind;
    reader.querySelector(".summary").replaceChildren(row.querySelector(".facts").cloneNode(true));
    const notes = row.querySelector(".notes");
    reader.querySelector(".notes-area").replaceChildren(...(notes ? [notes.cloneNode(true)] : []));
    const places = sequence();
    const at = places.indexOf(n);
    reader.querySelector(".position").textContent = `${at + 1} / ${places.length}`;
    reader.querySelector("[data-go=back]").disabled = at === 0;
    reader.querySelector("[data-go=on]").disabled = at === places.length - 1;
    if (!reader.open) reader.showModal();
    for (const side of ["a", "b"]) fill(reader.querySelector(`[data-pane=${side}]`), side);
    for (const other of rows) other.classList.toggle("seen", other === row);
  }

  function fill(pane, side) {
    const match = matches[current];
    const [index, begin, end] = match[side];
    const text = documents[index].text;
    const heading = pane.querySelector("h3");
    heading.replaceChildren(element("bdi", "", documents[index].name), element("small", "", facts(documents[index], begin, end)));
    const shown = pane.querySelector(".text");
    const around = surroundings(index, begin, end);
    const now = element("span", "now");
    now.append(...stretches(match, side));
    shown.replaceChildren(...context(text, 0, begin, around), now, ...context(text, end, text.length, around));
    draw(pane.querySelector(".strip"), index, side);
    shown.scrollTop = now.offsetTop - shown.clientHeight * 0.12;
  }

  function facts(found, begin, end) {
    const length = Math.max(1, found.text.length);
    const share = `本段占全文${percent((end - begin) / length)}`;
    return found.shares.length ? `${share}；全文雷同${percent(found.shares[0])}，套话、引用${percent(found.shares[1])}` : share;
  }

  function percent(share) {
    if (share > 0 && share < 0.01) return "不到1%";
    return share >= 1 ? "100%" : `${Math.min(Math.round(share * 100), 99)}%`;
  }

  function stretches(match, side) {
    const [index, begin, , flat] = match[side];
    const made = [];
    for (let i = 0, from = begin; i < flat.length; from = flat[i], i += 3) {
      const piece = element(flat[i + 1] === SAME ? "span" : "mark", MARKS[flat[i + 1]], documents[index].text.slice(from, flat[i]));
      piece.dataset.run = flat[i + 2];
      made.push(piece);
    }
    return made;
  }

  // Every match of a text with the sides it has there; a text may share a passage with itself.
  const places = documents.map(() => []);
  matches.forEach((match, n) => {
    for (const side of ["a", "b"]) places[match[side][0]].push({ n, begin: match[side][1], end: match[side][2] });
  });

  function isPair(n) {
    const pair = (match) => [match.a[0], match.b[0]].sort((x, y) => x - y).join();
    return pair(matches[n]) === pair(matches[current]);
  }

  // For each unit of the text outside of the passage the match that it belongs to, or -1; pairs come first.
  function surroundings(index) {
    const owners = new Int32Array(documents[index].text.length).fill(-1);
    const others = places[index].filter((place) => place.n !== current && matches[place.n].flagged);
    const ranked = [...others.filter((x) => !isPair(x.n)), ...others.filter((x) => isPair(x.n))];
    for (const place of ranked) owners.fill(place.n, place.begin, place.end);
    return owners;
  }

  function context(text, begin, end, owners) {
    const made = [];
    for (let from = begin, to; from < end; from = to) {
      for (to = from + 1; to < end && owners[to] === owners[from]; to += 1);
      const owner = owners[from];
      const piece = element("span", owner < 0 ? "" : "elsewhere", text.slice(from, to));
      if (owner >= 0) {
        piece.classList.toggle("pair", isPair(owner));
        piece.dataset.match = owner;
        piece.title = `${documents[matches[owner].a[0]].name} ↔ ${documents[matches[owner].b[0]].name}`;
      }
      made.push(piece);
    }
    return made;
  }

  // Where in the whole text the passages are.
  function draw(strip, index, side) {
    const scale = 1000 / Math.max(1, documents[index].text.length);
    const rank = (place) => (place.n === current ? 3 : isPair(place.n) ? 2 : matches[place.n].flagged ? 1 : 0);
    const ordered = [...places[index]].sort((x, y) => rank(x) - rank(y));
    const made = ordered.map((place) => {
      const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const here = place.n === current && place.begin === matches[current][side][1];
      bar.setAttribute("class", [here ? "now" : isPair(place.n) ? "pair" : "", matches[place.n].flagged ? "" : "listed"].join(" "));
      bar.setAttribute("x", place.begin * scale);
      bar.setAttribute("width", Math.max(2, (place.end - place.begin) * scale));
      bar.setAttribute("height", 10);
      bar.dataset.match = place.n;
      return bar;
    });
    strip.replaceChildren(...made);
  }

  function step(by) {
    const all = sequence();
    const next = all[all.indexOf(current) + by];
    if (next !== undefined) show(next);
  }

  function show(n) {
    history.replaceState(null, "", `#m${n}`);
    open(n);
  }

  function leave() {
    reader.close();
  }

  function twins(event) {
    const over = event.target.closest("[data-run]");
    const run = over ? over.dataset.run : "-1";
    for (const piece of reader.querySelectorAll(".now [data-run]")) {
      piece.classList.toggle("twin", run !== "-1" && piece.dataset.run === run);
    }
  }

  // A click on what is the same brings its twin to the same height on the other side.
  function level(piece) {
    const own = piece.closest(".text");
    const other = [...reader.querySelectorAll(".text")].find((text) => text !== own);
    const twin = other.querySelector(`.now [data-run="${piece.dataset.run}"]`);
    if (twin) other.scrollTop = twin.offsetTop - (piece.offsetTop - own.scrollTop);
  }

  function follow() {
    const found = /^#m(\d+)$/.exec(location.hash);
    if (found && matches[found[1]]) open(Number(found[1]));
    else if (reader.open) leave();
  }

  tools.addEventListener("input", refresh);
  tools.addEventListener("submit", (event) => event.preventDefault());
  for (const list of lists) {
    list.addEventListener("click", (event) => {
      const row = event.target.closest(".row");
      if (!row || String(getSelection())) return;
      event.preventDefault();
      show(number(row));
    });
  }
  reader.addEventListener("click", (event) => {
    const target = event.target;
    const button = target.closest("[data-go]");
    const match = target.closest("[data-match]");
    const run = target.closest(".now [data-run]");
    if (button) ({ close: leave, back: () => step(-1), on: () => step(1) })[button.dataset.go]();
    else if (match) show(Number(match.dataset.match));
    else if (run && run.dataset.run !== "-1" && !String(getSelection())) level(run);
  });
  reader.addEventListener("mouseover", twins);
  reader.addEventListener("close", () => {
    history.replaceState(null, "", location.pathname + location.search);
    const row = document.getElementById(`m${current}`);
    const fold = row.closest("details");
    if (fold) fold.open = true;
    row.scrollIntoView({ block: "center" });
    row.querySelector(".open").focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (!reader.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { n: 1, j: 1, p: -1, k: -1 }[event.key.toLowerCase()];
    if (by) step(by);
  });
  addEventListener("hashchange", follow);
  document.documentElement.classList.add("js");
  tools.hidden = rows.length === 0;
  refresh();
  follow();
})();
