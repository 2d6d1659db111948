// What a page served by "readout serve" has besides: it is read anew when it has
// changed, at the same place; what is wrong with the site is shown; and a
// briefing has a panel for its editor.
(() => {
"use strict";
const me = document.currentScript, page = me.dataset.page, base = new URL(".", me.src);
let version = me.dataset.version;
const make = (tag, cls, ...inside) => { const e = document.createElement(tag); if (cls) e.className = cls; e.append(...inside.filter(x => x != null)); return e; };
const store = { get: k => { try { return JSON.parse(sessionStorage.getItem("readout " + k)); } catch { return null; } },
  set: (k, v) => { try { sessionStorage.setItem("readout " + k, JSON.stringify(v)); } catch { /* a convenience only */ } },
  take: k => { const v = store.get(k); try { sessionStorage.removeItem("readout " + k); } catch { /* as above */ } return v; } };

// The place on the page is that of its first element in view that has an id, so
// that what changed above it moves nothing.
function landmark() {
  let best = null, at = Infinity;
  for (const e of document.querySelectorAll("main [id]")) {
    const r = e.getBoundingClientRect();
    if (r.width && r.bottom > 0 && Math.abs(r.top) < Math.abs(at)) { best = e; at = r.top; }
  }
  return best && { id: best.id, top: at };
}
function restore(was) {
  const e = was.mark && document.getElementById(was.mark.id);
  const y = e ? scrollY + e.getBoundingClientRect().top - was.mark.top : was.y;
  scrollTo({ left: was.x, top: y, behavior: "instant" });
}
// Where the page is as it was but for what its body says, that alone is brought
// up to date, in place: what has not changed stays as the reader has it, and
// nothing is loaded anew.
const loads = doc => [...doc.querySelectorAll("head link[rel~=stylesheet],head script[src]")].map(e => e.getAttribute("href") ?? e.getAttribute("src")).join("\n");
const made = e => e.nodeType === 1 && e.parentNode === document.body && e.matches("#readout-live,.toast,.tip,dialog"); // by scripts
function bring(is, to) {
  if (is.nodeType !== 1) { if (is.data !== to.data) is.data = to.data; return; }
  for (const { name, value } of to.attributes) if (is.getAttribute(name) !== value && !(name === "open" && is.localName === "details")) is.setAttribute(name, value);
  for (const { name } of [...is.attributes]) if (!to.hasAttribute(name) && name !== "open") is.removeAttribute(name);
  let next = is.firstChild;
  const skip = () => { while (next && made(next)) next = next.nextSibling; };
  for (const want of to.childNodes) {
    skip();
    let have = null;
    if (want.id) have = [...is.children].find(e => e.id === want.id && e.localName === want.localName) ?? null;
    else if (next && next.nodeName === want.nodeName && !next.id) have = next;
    if (!have) { is.insertBefore(document.importNode(want, true), next); continue; }
    if (have === next) next = next.nextSibling; else is.insertBefore(have, next);
    if (!have.isEqualNode(want)) bring(have, want);
  }
  for (skip(); next; skip()) { const gone = next; next = next.nextSibling; gone.remove(); }
}
let bringing = false;
async function refresh() {
  if (bringing || leaving) return;
  bringing = true;
  try {
    const r = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
    const to = new DOMParser().parseFromString(await r.text(), "text/html"), now = to.querySelector("script[data-page][data-version]")?.dataset.version;
    if (!r.ok || !now || loads(to) !== loads(document)) return again();
    const x = scrollX, y = scrollY, mark = y > 0 ? landmark() : null;
    document.title = to.title;
    bring(document.body, to.body);
    if (y > 0) restore({ x, y, mark });
    version = now;
    source?.close(); source = null;
    listen(); tellPanel();
  } catch { again(); } finally { bringing = false; }
}
// The place is kept by us alone.
document.documentElement.style.overflowAnchor = "none";
let leaving = false;
function again() {
  if (leaving) return;
  leaving = true;
  store.set("place", { page, x: scrollX, y: scrollY, mark: scrollY > 0 ? landmark() : null, focus: document.activeElement?.id || "",
    folds: [...document.querySelectorAll("details")].map(d => d.open), hash: location.hash });
  history.scrollRestoration = "manual";
  location.reload();
}
const was = store.take("place");
if (was && was.page === page && was.hash === location.hash) {
  const folds = [...document.querySelectorAll("details")];
  if (folds.length === was.folds.length) folds.forEach((d, i) => { d.open = was.folds[i]; });
  if (was.focus) document.getElementById(was.focus)?.focus({ preventScroll: true });
  restore(was);
  addEventListener("load", () => requestAnimationFrame(() => { restore(was); history.scrollRestoration = "auto"; }));
}

// Our own things stand apart from the page's, whose styles do not reach them.
const host = make("div"), shade = host.attachShadow({ mode: "open" });
host.id = "readout-live";
const sheet = make("link");
sheet.rel = "stylesheet"; sheet.href = new URL("live.css", base);
const trouble = make("section", "trouble"), desk = make("section", "desk");
trouble.hidden = desk.hidden = true;
trouble.setAttribute("role", "alert"); trouble.setAttribute("aria-label", "What is wrong with the site");
desk.setAttribute("aria-label", "For the editor of this briefing");
shade.append(sheet, trouble, desk);
document.body.append(host);

function faults(list) {
  trouble.replaceChildren();
  trouble.hidden = !list.length;
  if (!list.length) return;
  const close = make("button", "", "Hide");
  close.addEventListener("click", () => { trouble.hidden = true; });
  trouble.append(make("h2", "", list.length === 1 ? "One thing is wrong" : list.length + " things are wrong"), close,
    make("p", "", "The page shows what there was before, and follows when this is mended."),
    make("ul", "", ...list.map(f => make("li", "",
      f.place ? make("code", "place", f.place) : null, make("p", "", f.message),
      f.excerpt ? make("pre", "", f.excerpt) : null, f.hint ? make("p", "hint", f.hint) : null))));
}
addEventListener("keydown", e => { if (e.key === "Escape" && !trouble.hidden) trouble.hidden = true; });

// One connection a page in view: a browser allows a few only to one address, and
// a page that comes into view finds out at once whether it is out of date.
let source = null;
function listen() {
  if (source || document.hidden) return;
  source = new EventSource(new URL("events?" + new URLSearchParams({ page, version }), base));
  source.addEventListener("stale", refresh);
  source.addEventListener("faults", e => faults(JSON.parse(e.data)));
}
document.addEventListener("visibilitychange", () => { if (document.hidden) { source?.close(); source = null; } else listen(); });
addEventListener("pagehide", () => { source?.close(); source = null; });
addEventListener("pageshow", listen);
listen();

// The panel of a briefing: what deserves a look, and which rule made what.
let by = new Map(), tellOf = null, folded = null;
const show = e => { if (!folded?.open) return; for (let x = e.target; x instanceof Element; x = x.parentElement) if (by.has(x.id)) { tellOf(by.get(x.id)); return; } };
for (const event of ["pointerover", "click", "focusin"]) document.addEventListener(event, show);
const link = (id, text) => { const a = make("a", "", text); a.href = "#" + id; return a; };
function panel(about) {
  const n = about.review.length, notes = about.annotations ?? [];
  const fold = make("details", "", make("summary", "", n ? n + " to review" : "Nothing to review"));
  fold.open = folded ? folded.open : store.get("desk") === true; // the event that stores it comes later than the click
  fold.addEventListener("toggle", () => store.set("desk", fold.open));
  if (n) fold.append(make("ol", "", ...about.review.map(i => make("li", "",
    make("p", "", make("b", "", i.title), i.words ? " “" + i.words + "”" : null), i.message ? make("p", "", i.message) : null, i.todo ? make("p", "hint", i.todo) : null,
    make("p", "place", i.id && document.getElementById(i.id) ? link(i.id, "show") : null, " ", make("code", "", i.place))))));
  const why = make("div", "why");
  why.setAttribute("aria-live", "polite");
  const tell = a => { why.replaceChildren(make("p", "", make("b", "", a.class), " “" + a.words + "”"), ...a.why.map(w => make("p", "", w)), make("p", "place", make("code", "", a.place)), make("p", "place", make("code", "", "readout why " + about.slug + "#" + a.id))); };
  why.append(make("p", "hint", "Point at an annotation in the text, or choose one below, to see what made it."));
  by = new Map(notes.map(a => [a.id, a])); tellOf = tell; folded = fold;
  const all = make("details", "all", make("summary", "", notes.length + " annotations"), make("ul", "", ...notes.map(a => {
    const to = link(a.id, a.id);
    to.addEventListener("click", () => tell(a));
    return make("li", "", to, " " + a.class + " “" + a.words + "”");
  })));
  fold.append(why, all);
  desk.replaceChildren(fold);
  desk.hidden = false;
}
function tellPanel() {
  if (/^briefings\/[^/]+\.html$/.test(page)) fetch(new URL("page?" + new URLSearchParams({ page }), base)).then(r => r.ok ? r.json().then(panel) : null, () => null);
}
tellPanel();
})();
