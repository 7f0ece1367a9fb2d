// The value is a list of what is wrong with the page for readers who need more than a
// look at it: landmarks, headings, names of controls, and the contrast of every text.
(() => {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const seen = (e) => e.checkVisibility() && e.getClientRects().length > 0;
  const describe = (e) => e.outerHTML.slice(0, 120);

  if (!document.documentElement.lang) faults.push("the page has no language");
  if (!document.title.trim()) faults.push("the page has no title");
  for (const landmark of ["main", "body > header", "body > footer"]) {
    if (all(landmark).length !== 1) faults.push(`${all(landmark).length} of ${landmark}, want one`);
  }
  const ids = all("[id]").map((e) => e.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push(`two elements have the id ${id}`);
  for (const e of all("[aria-labelledby]")) {
    if (!document.getElementById(e.getAttribute("aria-labelledby"))) faults.push(`the label is missing: ${describe(e)}`);
  }
  let level = 0;
  for (const h of all("h1, h2, h3, h4")) {
    const next = Number(h.tagName[1]);
    if (next > level + 1) faults.push(`a heading of level ${next} after level ${level}: ${h.textContent}`);
    level = next;
    if (!h.textContent.trim()) faults.push("an empty heading");
  }
  if (all("h1").length === 0) faults.push("no heading of level 1");
  for (const e of all("input:not([type=hidden]), select, textarea")) {
    if (!e.labels.length || !e.labels[0].textContent.trim()) faults.push(`no label: ${describe(e)}`);
  }
  for (const e of all("a, button, summary")) {
    if (!(e.getAttribute("aria-label") || e.textContent).trim()) faults.push(`no name: ${describe(e)}`);
  }
  for (const a of all('a[href^="#"]')) {
    if (!document.getElementById(a.getAttribute("href").slice(1))) faults.push(`leads nowhere: ${describe(a)}`);
  }
  for (const e of all("svg")) {
    if (e.ariaHidden !== "true" && (e.getAttribute("role") !== "img" || !e.getAttribute("aria-label"))) faults.push(`a drawing without words: ${describe(e)}`);
  }
  for (const e of all("table")) {
    if (!e.querySelector("thead th")) faults.push(`a table without heads: ${describe(e)}`);
  }
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push(`the page is ${wide} pixels wider than the window`);

  // Contrast as WCAG 2 defines it, of the text against the grounds below it.
  const parse = (c) => {
    const [r, g, b, a = 1] = c.match(/[\d.]+/g).map(Number);
    const unit = c.startsWith("color(srgb") ? 255 : 1;
    return { r: r * unit, g: g * unit, b: b * unit, a };
  };
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a), b: top.b * top.a + below.b * (1 - top.a), a: 1,
  });
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (e) => {
    const layers = [];
    for (let p = e; p; p = p.parentElement) layers.push(parse(getComputedStyle(p).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 });
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const told = new Set();
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || e.closest("script, style, title") || !seen(e)) continue;
    const css = getComputedStyle(e);
    const drawn = e.closest("svg");
    let below = ground(drawn ?? e);
    const shape = drawn && e.previousElementSibling;
    const covers = (a, b) => a.left <= b.left && a.right >= b.right - 1 && a.top <= b.top + 4 && a.bottom >= b.bottom - 4;
    if (shape?.tagName === "rect" && covers(shape.getBoundingClientRect(), e.getBoundingClientRect())) {
      const fill = getComputedStyle(shape);
      const color = parse(fill.fill);
      below = over({ ...color, a: color.a * Number(fill.fillOpacity) * Number(fill.opacity) }, below);
    }
    let color = parse(drawn ? css.fill : css.color);
    for (let p = e; p && p !== drawn; p = p.parentElement) color = { ...color, a: color.a * Number(getComputedStyle(p).opacity) };
    const ratio = contrast(over(color, below), below);
    const large = parseFloat(css.fontSize) >= 24 || (parseFloat(css.fontSize) >= 18.66 && Number(css.fontWeight) >= 700);
    const key = `${e.tagName}.${e.getAttribute("class")} ${ratio.toFixed(2)}`;
    if (ratio < (large ? 3 : 4.5) && !told.has(key)) {
      told.add(key);
      faults.push(`contrast ${ratio.toFixed(2)} of ${describe(e)}`);
    }
  }
  return faults;
})()
