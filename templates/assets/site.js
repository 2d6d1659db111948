// Comfort for the pages of a site: notes and cards shown in place, keys, the
// place in the contents. Everything here is also there without it. A call of
// label is its text in the language of the site before a browser sees it.
(() => {
"use strict";
const doc = document, root = doc.documentElement;
const one = (sel, el = doc) => el.querySelector(sel), all = (sel, el = doc) => [...el.querySelectorAll(sel)];
const make = (tag, cls, text) => { const e = doc.createElement(tag); if (cls) e.className = cls; if (text) e.textContent = text; return e; };
const wide = matchMedia("(min-width:67rem)"), anchors = CSS.supports("top:anchor(top)");
const target = a => doc.getElementById(decodeURIComponent(a.hash.slice(1)));
const words = ref => ref.previousElementSibling;
const seen = e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; };

// A note stands in the margin, near enough to its marker, or it is a sheet.
const beside = (ref, note) => wide.matches && anchors && !note.matches(".far") && seen(note) &&
  Math.abs(note.getBoundingClientRect().top - ref.getBoundingClientRect().top) < 240;
let lit = [];
function light(...els) { for (const e of lit) e.classList.remove("on"); lit = els.filter(Boolean); for (const e of lit) e.classList.add("on"); }

let from = null; // the marker that the open note belongs to
function openNote(ref, note) {
  hideTip(); from = ref; note.tabIndex = -1; light(ref, note, words(ref));
  if (!beside(ref, note)) {
    note.setAttribute("popover", "auto");
    const closed = e => {
      if (e.newState !== "closed") return;
      note.removeEventListener("toggle", closed); note.removeAttribute("popover"); light();
      if (from === ref) { ref.focus({ preventScroll: true }); from = null; }
    };
    note.addEventListener("toggle", closed);
    note.showPopover();
  }
  note.focus({ preventScroll: true });
}

// Tips: a copy of a note or of a card beside what is pointed at.
let tip = null, timer = 0, owner = null;
function hideTip() { clearTimeout(timer); if (tip) { tip.remove(); tip = null; owner?.removeAttribute("aria-describedby"); owner = null; } }
function showTip(el, content) {
  hideTip(); if (!content) return;
  owner = el; tip = make("div", "tip"); tip.id = "tip"; tip.setAttribute("role", "tooltip"); tip.setAttribute("popover", "manual");
  const copy = content.cloneNode(true);
  for (const e of all("[id]", copy)) e.removeAttribute("id");
  tip.append(...copy.childNodes); doc.body.append(tip); tip.showPopover();
  const r = el.getClientRects()[0], w = tip.offsetWidth, h = tip.offsetHeight, below = r.bottom + 6 + h < innerHeight;
  tip.style.left = Math.max(8, Math.min(r.left, root.clientWidth - w - 8)) + "px";
  tip.style.top = Math.max(8, below ? r.bottom + 6 : r.top - h - 6) + "px";
  el.setAttribute("aria-describedby", "tip");
  tip.addEventListener("pointerleave", () => { timer = setTimeout(hideTip, 200); });
  tip.addEventListener("pointerenter", () => clearTimeout(timer));
}
// A site in a single file has many pages in one document.
const page = () => one(".page:target,.page:has(:target)") ?? one(".page") ?? doc;
const cards = new Map();
function cardIn(a) {
  const p = a.closest(".page") ?? doc;
  if (!cards.has(p)) cards.set(p, new Map(all(".who > li", p).map(li => [one("a", li)?.getAttribute("href"), li])));
  return cards.get(p).get(a.getAttribute("href"));
}
// A bar of the sourcing strip says its label; a name has its card.
const card = a => a.matches(".strip a") ? wrap(a) : cardIn(a);
const wrap = a => { const d = make("div"); d.append(make("p", "", a.getAttribute("aria-label"))); return d; };

doc.addEventListener("pointerover", e => {
  if (e.pointerType !== "mouse") return;
  const ref = e.target.closest(".ref"), ent = e.target.closest("a.ent,.strip a"), note = e.target.closest(".notes li");
  if (ref) {
    const n = target(ref); if (!n) return;
    light(ref, n, words(ref));
    if (!beside(ref, n) && !n.matches("[popover]")) { clearTimeout(timer); timer = setTimeout(() => showTip(ref, n), 200); }
  } else if (ent && owner !== ent) {
    clearTimeout(timer); timer = setTimeout(() => showTip(ent, card(ent)), 350);
  } else if (note && !note.matches("[popover]")) {
    const r = one('.ref[href="#' + note.id + '"]'); light(r, note, r && words(r));
  }
});
doc.addEventListener("pointerout", e => {
  const on = e.target.closest(".ref,a.ent,.strip a,.notes li"); if (!on || e.pointerType !== "mouse" || on.contains(e.relatedTarget)) return;
  clearTimeout(timer); timer = setTimeout(hideTip, 300); if (!from) light();
});
doc.addEventListener("focusin", e => {
  const ent = e.target.closest("a.ent,.strip a");
  if (ent && ent.matches(":focus-visible")) showTip(ent, card(ent)); else if (tip && !tip.contains(e.target)) hideTip();
});

let touch = false;
doc.addEventListener("pointerdown", e => { touch = e.pointerType === "touch"; if (tip && !tip.contains(e.target) && e.target.closest("a") !== owner) hideTip(); });
doc.addEventListener("click", e => {
  const a = e.target.closest("a"); if (!a || e.ctrlKey || e.metaKey || e.shiftKey) return;
  if (a.matches(".ref")) { const n = target(a); if (n) { e.preventDefault(); openNote(a, n); } return; }
  // The first tap on a name shows its card, which has the link to its page.
  if (a.matches("a.ent") && touch && card(a) && owner !== a) { e.preventDefault(); showTip(a, card(a)); return; }
  const li = a.matches(".back") && a.closest("li");
  if (li) {
    const r = target(a); if (!r) return;
    if (li.matches("[popover]")) { e.preventDefault(); from = r; li.hidePopover(); }
    else if (seen(r)) { e.preventDefault(); light(); from = null; r.focus({ preventScroll: true }); }
    return;
  }
  if (a.matches(".cite,.strip a,.pn.up") && target(a)) return leave(a);
  if (a.matches(".pn") && !a.matches(".up") && navigator.clipboard) navigator.clipboard.writeText(a.href).then(() => say(label("script.copied")), () => {});
});

// The way back from a passage to what led there.
let left = null, way = null;
function leave(a) {
  left = a; way ??= doc.body.appendChild(make("button", "toast way", label("script.back")));
  way.onclick = back; way.classList.add("on");
}
function back() {
  const a = left; if (!a) return;
  left = null; way.classList.remove("on");
  const there = () => { a.focus({ preventScroll: true }); a.scrollIntoView({ block: "center" }); };
  // In a single file it may be on another page.
  if (a.checkVisibility()) there(); else { addEventListener("hashchange", there, { once: true }); history.back(); }
}

let toast = null;
function say(text) {
  toast ??= doc.body.appendChild(make("div", "toast")); toast.setAttribute("role", "status");
  toast.textContent = text; toast.classList.add("on"); setTimeout(() => toast.classList.remove("on"), 1800);
}

// Keys.
const keys = [["j / k", label("script.keys.paragraph")], ["n / p", label("script.keys.note")], ["t", label("script.keys.text")], ["b", label("script.keys.back")], ["/", label("script.keys.search")], ["?", label("script.keys.keys")], ["Esc", label("script.keys.escape")]];
function help() {
  let d = one("dialog.keys");
  if (!d) {
    d = make("dialog", "keys"); d.setAttribute("aria-label", label("script.keys")); const dl = make("dl");
    for (const [k, what] of keys) { const dt = make("dt"); for (const [i, s] of k.split(" / ").entries()) { if (i) dt.append(" "); dt.append(make("kbd", "", s)); } dl.append(dt, make("dd", "", what)); }
    const f = make("form"); f.method = "dialog"; f.append(make("button", "", label("script.keys.close"))); d.append(make("h2", "", label("script.keys")), dl, f); doc.body.append(d);
    one("button", d).addEventListener("click", e => { e.preventDefault(); d.close(); });
  }
  if (d.open) d.close(); else d.showModal();
}
function step(sel, by) {
  const list = all(sel, page()).filter(e => e.checkVisibility()), edge = innerHeight * .3;
  const at = list.indexOf(doc.activeElement.closest?.(sel) ?? lastStep);
  let i = at >= 0 ? at + by : by > 0 ? list.findIndex(e => e.getBoundingClientRect().top > edge) : list.findLastIndex(e => e.getBoundingClientRect().top < edge - 20);
  const e = list[i]; if (!e) return;
  if (!e.hasAttribute("tabindex") && !e.matches("a")) e.tabIndex = -1;
  lastStep = e; e.focus({ preventScroll: true }); e.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion:reduce)").matches ? "auto" : "smooth" });
}
let lastStep = null;
doc.addEventListener("keydown", e => {
  if (e.key === "Escape") {
    hideTip();
    const n = doc.activeElement.closest?.(".notes li");
    if (n && !n.matches("[popover]") && from) { from.focus({ preventScroll: true }); }
    if (!n?.matches("[popover]")) { from = null; light(); }
    if (/^#(.*:)?note-/.test(location.hash)) history.replaceState(null, "", "#" + (one('.ref[href="' + location.hash + '"]')?.id ?? ""));
    return;
  }
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input,select,textarea,dialog")) return;
  const paras = '.prose :is(p,li):is([id^="p"],[id*=":p"])';
  switch (e.key) {
    case "j": step(paras, 1); break;
    case "k": step(paras, -1); break;
    case "n": step(".ref", 1); break;
    case "p": step(".ref", -1); break;
    case "b": back(); break;
    case "t": one('#text,[id$=":text"]', page())?.scrollIntoView(); break;
    case "?": help(); break;
    case "/": { const f = one(".find input", page()); if (f) f.focus(); else { const s = one('.top a:is([href$="search.html"],[href="#search"])'); if (s) location.href = s.href; else return; } break; }
    default: return;
  }
  e.preventDefault();
});

// The section in view, in the contents.
const links = new Map(all(".contents a").map(a => [target(a), a]));
if (links.size && "IntersectionObserver" in window) {
  const heads = [...links.keys()].filter(Boolean);
  const mark = () => {
    let now = null; const here = page();
    for (const h of heads) if (here.contains(h) && h.getBoundingClientRect().top < innerHeight * .4) { if (!now || h.getBoundingClientRect().top >= now.getBoundingClientRect().top) now = h; }
    for (const [h, a] of links) { a.classList.toggle("now", h === now); if (h === now) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current"); }
  };
  let due = 0;
  addEventListener("scroll", () => { if (wide.matches && !due) due = requestAnimationFrame(() => { due = 0; mark(); }); }, { passive: true });
}
})();
