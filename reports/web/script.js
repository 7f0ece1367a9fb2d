// Sorting and filtering. The page is complete without it.
"use strict";

// Every table can be sorted by a column: numbers by value, the rest as words.
for (const table of document.querySelectorAll("table:not(.heat)")) {
  const numbers = Number(/\bf(\d)/.exec(table.className)?.[1] ?? Infinity); // the first column that has them
  const heads = table.tHead.rows[0].cells;
  const body = table.tBodies[0];
  const value = (row, i) => {
    const cell = row.cells[i];
    const text = cell.dataset.value ?? cell.textContent.trim();
    const number = parseFloat(text.replace("−", "-").replace("[", ""));
    return i >= numbers || heads[i].classList.contains("number") ? (Number.isNaN(number) ? -Infinity : number) : text;
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

// The list of threads can be narrowed down to those with some words in their titles.
for (const section of document.querySelectorAll("section.list")) {
  const form = section.querySelector("form");
  const said = form.querySelector("output");
  const rows = [...section.querySelector("tbody").rows];
  const show = () => {
    const words = form.elements.words.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !row.cells[0].textContent.toLowerCase().includes(words);
      if (!row.hidden) shown++;
    }
    said.textContent = shown === rows.length ? shown + " threads" : shown + " of " + rows.length + " threads";
  };
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("input", show);
  form.hidden = false;
  show();
}

// prepare folds away what is behind the judgements of the comments in a part of the page, makes their numbers links to them, and
// hides the drawings in cells from those who hear the numbers beside them.
function prepare(part) {
  for (const drawing of part.querySelectorAll("td svg")) drawing.ariaHidden = "true";
  for (const comment of part.querySelectorAll(".tree > li")) {
    const [byline, , judged, feeling, ...more] = [...comment.children].filter((e) => e.matches("p"));
    const number = byline.firstChild;
    if (number.nodeType === Node.TEXT_NODE) {
      const thread = comment.closest("article")?.id;
      comment.id ||= (thread ? thread + "-c" : "c") + number.data.trim();
      const place = document.createElement("a");
      place.href = "#" + comment.id;
      place.textContent = number.data.trim();
      number.replaceWith(place, " ");
    }
    if (!feeling) continue; // nothing was judged
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    const valence = document.createElement("i");
    valence.append(...feeling.childNodes);
    summary.append(...judged.childNodes, " ", valence);
    details.append(summary, ...more);
    feeling.remove();
    judged.replaceWith(details);
  }
}
prepare(document);
if (location.hash && !document.querySelector(":target")) location.replace(location.hash); // which leads to a comment since

// The comments of a thread can be filtered and put in another order, which makes the
// tree a flat list.
const controls = `<p class="quiet">The line under a comment opens to their weights, in log-odds, and to the probabilities.</p>
<form class="controls">
<label>Stance <select name="stance"><option value="">all</option><option>skeptical</option><option>relativist</option><option>supportive</option><option>none</option></select></label>
<label>Sentiment <select name="polarity"><option value="">all</option><option>negative</option><option>neutral</option><option>positive</option></select></label>
<label>Order <select name="order"><option value="number">as on the page</option><option value="-sure">surest first</option><option value="sure">least sure first</option><option value="valence">most negative first</option><option value="-valence">most positive first</option><option value="-votes">most votes first</option></select></label>
<label>Words <input type="search" name="words" autocomplete="off"></label>
<label class="check"><input type="checkbox" name="unsure"> only unsure</label>
<output aria-live="polite"></output>
</form>`;
for (const section of document.querySelectorAll("section.comments")) {
  const list = section.querySelector("ol");
  list.insertAdjacentHTML("beforebegin", controls);
  const form = section.querySelector("form");
  const said = form.querySelector("output");
  const comments = [...list.children];
  // What the page says of each comment: its place, and what was judged.
  const facts = new Map(comments.map((c, i) => {
    const text = (selector) => c.querySelector(selector)?.textContent ?? "";
    const value = (selector) => parseFloat(text(selector).replace(/^[^\d+-]*/, ""));
    const [stance, sure] = c.querySelector("summary")?.firstChild.data.split(" ") ?? [];
    const polarity = stance && { "-": "negative", 0: "neutral", "+": "positive" }[c.className[1]];
    return [c, {
      number: i, stance, sure: parseFloat(sure), polarity, valence: value("summary i"),
      votes: value(".votes"), unsure: c.querySelector("summary s") !== null, words: (text("bdi") + " " + text("p:nth-of-type(2)")).toLowerCase(),
    }];
  }));
  const fits = (comment) => {
    const want = form.elements;
    const f = facts.get(comment);
    return (!want.stance.value || f.stance === want.stance.value)
      && (!want.polarity.value || f.polarity === want.polarity.value)
      && (!want.unsure.checked || f.unsure)
      && f.words.includes(want.words.value.trim().toLowerCase());
  };
  const arrange = () => {
    const order = form.elements.order.value;
    const key = order.replace("-", "");
    const sign = order.startsWith("-") ? -1 : 1;
    // A comment without the value stands behind the others.
    const number = (c) => (Number.isNaN(facts.get(c)[key]) ? Infinity : sign * facts.get(c)[key]);
    list.classList.toggle("flat", order !== "number");
    list.append(...[...comments].sort((a, b) => number(a) - number(b) || facts.get(a).number - facts.get(b).number));
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
  show();
}

// A print shows what is folded away on the screen: the tables behind the charts.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("figure details:not([open])")];
  for (const d of opened) d.open = true;
});
addEventListener("afterprint", () => {
  for (const d of opened) d.open = false;
});
