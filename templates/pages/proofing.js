"use strict";
(() => {
  // Texts, marks and findings are in the page already; here they are filtered and gone through.
  const tools = document.getElementById("tools");
  const rows = [...document.querySelectorAll(".row")];
  const marks = [...document.querySelectorAll(".text mark")];
  const byNumber = new Map(rows.map((row) => [row.dataset.number, row]));
  const marksOf = new Map(rows.map((row) => [row.dataset.number, []]));
  for (const mark of marks) {
    for (const number of mark.dataset.numbers.split(" ")) marksOf.get(number).push(mark);
  }
  let current = "";

  function wanted(row, form, words) {
    const data = row.dataset;
    return (
      form.getAll("level").includes(data.level) &&
      (!form.get("rule") || form.get("rule") === data.rule) &&
      (!form.get("file") || form.get("file") === data.file) &&
      (!words || row.textContent.includes(words))
    );
  }

  function refresh() {
    const form = new FormData(tools);
    const words = (form.get("words") || "").trim();
    for (const row of rows) row.hidden = !wanted(row, form, words);
    for (const mark of marks) {
      const left = mark.dataset.numbers.split(" ").filter((number) => !byNumber.get(number).hidden);
      mark.classList.toggle("muted", left.length === 0);
      mark.className = [left.length ? byNumber.get(left[0]).dataset.level : "muted", left.includes(current) ? "now" : ""].join(" ").trim();
    }
    const left = visible();
    for (const part of document.querySelectorAll(".part")) {
      part.hidden = !left.some((row) => row.dataset.file === part.dataset.file);
    }
    document.getElementById("none").hidden = left.length > 0 || rows.length === 0;
    tools.elements.count.textContent = left.length < rows.length ? `${left.length}处，共${rows.length}处` : `共${rows.length}处`;
  }

  function visible() {
    return rows.filter((row) => !row.hidden);
  }

  // The list has its own scroll bar beside the text, and none where it stands under it.
  function reveal(row) {
    const list = row.closest(".rows");
    if (list.scrollHeight > list.clientHeight + 1) {
      list.scrollTop += row.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
    }
  }

  function select(number) {
    for (const one of document.querySelectorAll(".now")) one.classList.remove("now");
    current = number;
    byNumber.get(number).classList.add("now");
    for (const mark of marksOf.get(number)) mark.classList.add("now");
  }

  function toText(number) {
    select(number);
    reveal(byNumber.get(number));
    document.getElementById(`t${number}`).scrollIntoView({ block: "start" });
    history.replaceState(null, "", `#t${number}`);
  }

  function toRow(number) {
    select(number);
    const row = byNumber.get(number);
    const list = row.closest(".rows");
    if (getComputedStyle(list).position === "sticky") reveal(row);
    else row.scrollIntoView({ block: "center" });
    history.replaceState(null, "", `#f${number}`);
  }

  // A second click on a mark that several findings share goes on to the next of them.
  function clicked(mark) {
    const numbers = mark.dataset.numbers.split(" ").filter((number) => !byNumber.get(number).hidden);
    if (numbers.length) toRow(numbers[(numbers.indexOf(current) + 1) % numbers.length]);
  }

  function step(by) {
    const numbers = visible().map((row) => row.dataset.number);
    const at = numbers.indexOf(current);
    const next = at < 0 ? (by > 0 ? 0 : numbers.length - 1) : at + by;
    if (numbers[next] !== undefined) toText(numbers[next]);
  }

  function follow() {
    const found = /^#([tf])(\d+)$/.exec(location.hash);
    if (!found || !byNumber.has(found[2])) return;
    if (found[1] === "t") toText(found[2]);
    else toRow(found[2]);
  }

  tools.addEventListener("input", refresh);
  tools.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    const mark = event.target.closest(".text mark");
    const row = event.target.closest(".row");
    if (button) step(Number(button.dataset.step));
    if (!mark && !row) return;
    event.preventDefault();
    if (String(getSelection())) return;
    if (mark) clicked(mark);
    else toText(row.dataset.number);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
    const by = { n: 1, j: 1, p: -1, k: -1 }[event.key.toLowerCase()];
    if (by) step(by);
  });
  addEventListener("hashchange", follow);
  document.documentElement.classList.add("js");
  tools.hidden = rows.length === 0;
  refresh();
  follow();
})();
