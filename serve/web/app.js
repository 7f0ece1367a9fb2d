// Keys, dropped files and lists that grow. Every page works without it.
"use strict";

// swap puts the part of that id of a page that the server sent in place of the one shown.
async function swap(id, request) {
  const shown = document.getElementById(id);
  shown.setAttribute("aria-busy", "true");
  try {
    const response = await request;
    const sent = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(id);
    if (!sent) throw new Error(response.statusText);
    shown.replaceWith(document.adoptNode(sent));
  } catch (error) {
    shown.removeAttribute("aria-busy");
    tell("Nothing came from the server, and nothing was saved: " + error.message);
    return false;
  }
  return true;
}

// tell shows a message above all else.
function tell(message) {
  let note = document.getElementById("told");
  if (!note) {
    note = document.createElement("p");
    note.id = "told";
    note.className = "note";
    note.setAttribute("role", "alert");
    document.getElementById("main").prepend(note);
  }
  note.textContent = message;
}

// Labelling: a key is the button that shows it. Keys are taken one after the other.
let sending = Promise.resolve();

function press(form, name, value) {
  sending = sending.then(async () => {
    const now = document.querySelector(form);
    if (!now) return;
    const fields = new URLSearchParams(new FormData(now));
    fields.set(name, value);
    const open = [...document.querySelectorAll("#desk details")].map((d) => d.open);
    if (await swap("desk", fetch(now.action, { method: "POST", body: fields }))) {
      document.querySelectorAll("#desk details").forEach((d, i) => { d.open = open[i]; });
      document.getElementById("hand")?.focus({ preventScroll: true });
      document.getElementById("hand")?.scrollIntoView({ block: "nearest" });
    }
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-keys]") && event.submitter) {
    event.preventDefault();
    press("[data-keys]", "key", event.submitter.value);
  } else if (form.matches("[data-size]")) {
    event.preventDefault();
    press("[data-size]", "size", form.elements.size.value);
  } else if (form.matches("[data-filter]")) {
    event.preventDefault();
    choose(form);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (!document.querySelector("[data-keys]")) return;
  let key = event.key.length === 1 ? event.key.toLowerCase() : "";
  if (key === "s") key = "k"; // the first letter of skeptical
  if (key === "?") {
    const book = document.getElementById("codebook");
    book.open = !book.open;
    if (book.open) book.scrollIntoView({ block: "nearest" });
  } else if (key && document.querySelector(`[data-keys] button[value="${CSS.escape(key)}"]`)) {
    press("[data-keys]", "key", key);
  } else {
    return;
  }
  event.preventDefault();
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-size]")) form.requestSubmit();
  // What is typed was followed as it was typed; a list that changes once a field is left takes the link away that is clicked.
  if (form?.matches("[data-filter]") && event.target.type !== "search") choose(form);
});

// Reading: the list follows the form.
let waiting;
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (event.target.type !== "search" || !form?.matches("[data-filter]")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => choose(form), 250);
});

// queryOf is what a form asks for, without what it leaves open.
function queryOf(form) {
  const query = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...query]) if (!value) query.delete(name);
  return query;
}

let asked = 0;
async function choose(form) {
  const mine = ++asked;
  const query = queryOf(form);
  try {
    const response = await fetch(form.dataset.filter + "?" + query);
    const text = await response.text();
    if (mine !== asked) return;
    const sent = new DOMParser().parseFromString(text, "text/html");
    if (!response.ok) throw new Error(sent.querySelector("main p")?.textContent ?? response.statusText);
    document.getElementById("told")?.remove();
    prepare(sent);
    document.getElementById("list").replaceChildren(...sent.body.childNodes);
    history.replaceState(null, "", location.pathname + "?" + query);
    follow();
  } catch (error) {
    if (mine === asked) tell("The list stays as it was. " + error.message);
  }
}

// What was chosen before this script ran, or is kept by a browser that goes back, counts too.
addEventListener("pageshow", () => {
  const form = document.querySelector("[data-filter]");
  if (!form) return;
  const sent = (select) => Math.max(0, [...select.options].findIndex((o) => o.defaultSelected));
  const changed = (e) => e.options ? e.selectedIndex !== sent(e) : "defaultValue" in e && e.value !== e.defaultValue;
  if ([...form.elements].some(changed)) choose(form);
});

// follow asks again for what the server is still at.
function follow() {
  const form = document.querySelector("[data-filter]");
  if (form && document.querySelector("#list [data-wait]")) setTimeout(() => choose(form), 500);
}
follow();

// more adds the next stretch of comments to the list.
async function more(link) {
  const response = await fetch(link.dataset.more);
  if (!response.ok) return false;
  const sent = new DOMParser().parseFromString(await response.text(), "text/html");
  prepare(sent);
  document.querySelector("#list ol").append(...sent.querySelector("ol").children);
  const next = sent.querySelector("[data-more]");
  if (next) link.replaceWith(next);
  else link.parentElement.remove();
  return true;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a");
  if (link?.dataset.more) {
    event.preventDefault();
    more(link);
    return;
  }
  // A comment that is named may stand further down than what was sent so far.
  const id = link?.getAttribute("href")?.match(/^#(t-c\d+)$/)?.[1];
  if (!id || document.getElementById(id)) return;
  event.preventDefault();
  for (let next; !document.getElementById(id) && (next = document.querySelector("[data-more]"));) {
    if (!await more(next)) break;
  }
  if (document.getElementById(id)) location.hash = id;
  else tell("The comment is not among those that are shown: the form above leaves it out.");
});

// Dropped and chosen files are sent one after the other.
const drop = document.querySelector("[data-drop]");
addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("over");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("over");
});
addEventListener("drop", async (event) => {
  event.preventDefault();
  document.body.classList.remove("over");
  const text = event.dataTransfer.getData("text/plain");
  const files = [...event.dataTransfer.files];
  if (text && files.length === 0) files.push(new File([text], "dropped.txt"));
  let last;
  for (const file of files) {
    tell("Sending " + file.name);
    const body = new FormData();
    body.set("file", file);
    last = await fetch("/threads", { method: "POST", body });
    if (!last.ok) return tell("The server didn't take " + file.name + ": " + (await last.text()).replace(/<[^>]*>/g, " ").trim().slice(0, 300));
  }
  if (last) location.assign(files.length === 1 ? last.url : "/threads");
});
drop?.querySelector("input[type=file]")?.addEventListener("change", () => drop.requestSubmit());
