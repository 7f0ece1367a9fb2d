// Sorting and filtering. The page is complete without it.
"use strict";

// Every table can be sorted by a column: numbers by value, the rest as words.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = table.tHead.rows[0].cells;
  const body = table.tBodies[0];
  const value = (row, i) => {
    const cell = row.cells[i];
    const text = cell.dataset.value ?? cell.textContent.trim();
    const number = parseFloat(text.replace("−", "-").replace("[", ""));
    return cell.classList.contains("number") ? (Number.isNaN(number) ? -Infinity : number) : text;
  };
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b));
  for (let i = 0; i < heads.length; i++) {
    if (!heads[i].textContent.trim()) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heads[i].childNodes);
    heads[i].append(button);
    button.addEventListener("click", () => {
      const up = heads[i].getAttribute("aria-sort") !== "ascending";
      for (const head of heads) head.removeAttribute("aria-sort");
      heads[i].setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = [...body.rows].sort((a, b) => (up ? 1 : -1) * compare(value(a, i), value(b, i)));
      body.append(...rows);
    });
  }
}

// The comments of a thread can be filtered and put in another order, which makes the
// tree a flat list.
for (const section of document.querySelectorAll("section.comments")) {
  const form = section.querySelector("form");
  const list = section.querySelector("ol");
  const said = form.querySelector("output");
  const comments = [...list.children];
  const words = new Map(comments.map((c) => [c, c.querySelector(".author").textContent + " " + c.querySelector(".words").textContent]));
  const fits = (comment) => {
    const want = form.elements;
    const d = comment.dataset;
    return (!want.stance.value || d.stance === want.stance.value)
      && (!want.polarity.value || d.polarity === want.polarity.value)
      && (!want.unsure.checked || d.unsure === "true")
      && words.get(comment).toLowerCase().includes(want.words.value.trim().toLowerCase());
  };
  const arrange = () => {
    const order = form.elements.order.value;
    const key = order.replace("-", "");
    const sign = order.startsWith("-") ? -1 : 1;
    // A comment without the value stands behind the others.
    const number = (c) => (c.dataset[key] === undefined ? Infinity : sign * parseFloat(c.dataset[key].replace("−", "-")));
    list.classList.toggle("flat", order !== "number");
    list.append(...[...comments].sort((a, b) => number(a) - number(b) || a.dataset.number - b.dataset.number));
  };
  const show = () => {
    let shown = 0;
    for (const comment of comments) {
      comment.hidden = !fits(comment);
      if (!comment.hidden) shown++;
    }
    said.textContent = shown === comments.length ? shown + " comments" : shown + " of " + comments.length + " comments";
  };
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("input", show);
  form.elements.order.addEventListener("change", arrange);
  form.hidden = false;
  show();
}

// A print shows what is folded away on the screen: the tables behind the charts.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll(".card details:not([open])")];
  for (const d of opened) d.open = true;
});
addEventListener("afterprint", () => {
  for (const d of opened) d.open = false;
});
