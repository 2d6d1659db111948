// The search box. The index lies in classic scripts, which are loaded as they
// are needed: a directory, the words that begin like those asked for, and what
// the results show.
for (const box of document.querySelectorAll(".find input[type=search]")) (() => {
"use strict";
const doc = document, single = "single" in doc.documentElement.dataset;
const form = box.form, found = form.querySelector(".found"), filters = form.querySelector(".filters");
const rootPath = doc.documentElement.dataset.root, base = rootPath + "search/";
const make = (tag, cls, text) => { const e = doc.createElement(tag); if (cls) e.className = cls; if (text) e.textContent = text; return e; };
const said = lang => { const e = make("bdi"); if (lang) e.lang = lang; return e; };
let dir = null, loading = null;
const terms = {}, texts = {}, waits = new Map();
const R = window.R = {
  dir(d) {
    dir = d; let n = 0; const { first, sums } = d.texts;
    d.texts = first ? first.split(",").map((step, i) => [n += parseInt(step, 36), "t" + n.toString(36) + "." + sums.slice(4 * i, 4 * i + 4) + ".js"]) : [];
  },
  terms(k, s) { terms[k] = s.split("\n"); terms[k].pop(); },
  texts(k, list) { texts[k] = list; },
};
function load(file) {
  // A site in a single file has the index in itself.
  const here = doc.getElementById("search/" + file);
  if (here && !waits.has(file)) { const [call, ...given] = JSON.parse(here.textContent); R[call](...given); waits.set(file, Promise.resolve()); }
  if (!waits.has(file)) waits.set(file, new Promise((ok, no) => {
    const s = make("script"); s.src = base + file; s.onload = ok; s.onerror = () => no(new Error(file)); doc.head.append(s);
  }));
  return waits.get(file);
}
const start = () => loading ??= load("index.js").then(showFilters);

// The same folding as the index was made with.
const odd = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "" };
const fold = s => s.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ßæœøđðþłıħىیکةـ]/g, c => odd[c]);
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;
function words(s) {
  const out = []; let w = "", prev = "";
  const flush = () => { if (w.length > 1 || /[0-9]/.test(w)) out.push(w); w = ""; };
  for (const c of fold(s)) {
    if (c >= "\u0E00" && unspaced.test(c)) { flush(); if (prev) out.push(prev + c); prev = c; continue; }
    if (prev && !out.at(-1)?.endsWith(prev)) out.push(prev);
    prev = "";
    if (/[\p{L}\p{N}]/u.test(c)) w += c; else flush();
  }
  flush(); if (prev && !out.at(-1)?.endsWith(prev)) out.push(prev);
  return out;
}

// The shard that holds a word, or would.
const less = (a, b) => { // by code point, as the index is sorted
  const x = [...a], y = [...b]; for (let i = 0; i < x.length && i < y.length; i++) if (x[i] !== y[i]) return x[i].codePointAt(0) < y[i].codePointAt(0);
  return x.length < y.length;
};
function shard(t) { const { first } = dir.terms; let lo = 0, hi = first.length - 1; while (lo < hi) { const m = (lo + hi + 1) >> 1; if (less(t, first[m])) hi = m - 1; else lo = m; } return lo; }
async function shardLines(k) { const sum = dir.terms.sums.slice(8 * k, 8 * k + 8); if (!sum) return []; if (!terms[sum]) await load("w" + sum + ".js"); return terms[sum]; }
// All lines of the index whose word is t, or begins with it.
async function lines(t, exact) {
  const out = [];
  for (let k = shard(t); k < dir.terms.first.length; k++) {
    const ls = await shardLines(k); let lo = 0, hi = ls.length;
    while (lo < hi) { const m = (lo + hi) >> 1; if (less(ls[m].slice(0, ls[m].lastIndexOf(" ")), t)) lo = m + 1; else hi = m; }
    for (; lo < ls.length; lo++) { const w = ls[lo].slice(0, ls[lo].lastIndexOf(" ")); if (exact ? w !== t : !w.startsWith(t)) break; out.push(ls[lo]); if (out.length > 60) return out; }
    if (lo < ls.length || exact) break;
  }
  return out;
}
// Words one slip away: a letter wrong, left out, put in, or two changed round.
function slip(a, b) {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let i = 0; while (i < a.length && a[i] === b[i]) i++;
  const x = a.slice(i), y = b.slice(i);
  return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
}
async function slips(t) {
  const out = [], ks = new Set([t, t.slice(1), t[1] + t[0] + t.slice(2), t.slice(0, 1) + t.slice(2), t.slice(0, 2)].map(shard));
  for (const k of ks) for (const l of await shardLines(k)) { const w = l.slice(0, l.lastIndexOf(" ")); if (w[0] !== "=" && slip(t, w)) out.push(l); }
  return out;
}
// Places of a line: doc → blocks.
function read(line, into, weight) {
  let d = 0;
  for (const g of line.slice(line.lastIndexOf(" ") + 1).split(",")) {
    const [step, ...bs] = g.split("."); d += parseInt(step, 36);
    const m = into.get(d) ?? into.set(d, { blocks: new Set(), score: 0 }).get(d); let b = 0;
    for (const s of bs) { b += parseInt(s, 36); m.blocks.add(b); }
    m.score += weight * (bs[0] === "0" ? 6 : 1) * (1 + .2 * Math.min(bs.length, 5));
  }
  return into;
}
async function text(d) {
  let lo = 0, hi = dir.texts.length - 1; while (lo < hi) { const m = (lo + hi + 1) >> 1; if (dir.texts[m][0] > d) hi = m - 1; else lo = m; }
  const [first, file] = dir.texts[lo];
  if (!texts[first]) await load(file);
  return texts[first][d - first];
}

let run = 0;
const best = 3;
async function search(limit = 12) {
  const my = ++run, q = box.value, phrases = [...q.matchAll(/"([^"]+)"|“([^”]+)”/g)].map(m => fold(m[1] ?? m[2])), ws = words(q);
  const picked = [...filters.querySelectorAll("select")].filter(s => s.value).map(s => "=" + s.name + ":" + s.value);
  if (!ws.length && !picked.length) { found.replaceChildren(); return; }
  try { await start(); } catch { found.textContent = label("script.failed"); return; }
  let hits = null, guessed = [];
  for (const w of ws) {
    const m = new Map(); let ls = await lines(w, false);
    if (!ls.length && w.length > 3) { ls = await slips(w); if (ls.length) guessed.push(...ls.map(l => l.slice(0, l.lastIndexOf(" ")))); }
    for (const l of ls) { const exact = l.startsWith(w + " "); read(l, m, (exact ? 3 : 1) * Math.log(1 + dir.docs / (1 + l.split(",").length))+.1); }
    if (my !== run) return;
    hits = hits ? both(hits, m) : m;
  }
  for (const f of picked) { const m = new Map(); for (const l of await lines(f, true)) read(l, m, .1); hits = hits ? both(hits, m) : m; }
  if (my !== run) return;
  let list = [...hits].sort((a, b) => b[1].score - a[1].score || b[0] - a[0]); // of two as good the newer
  const shown = []; let total = list.length;
  if (!phrases.length) { // they load side by side, and the best are shown first
    const loading = list.slice(0, limit).map(([d, m]) => text(d).then(t => [t, m]));
    if (loading.length > best && !found.querySelector("li")) {
      const first = (await Promise.all(loading.slice(0, best))).filter(([t]) => t);
      if (my !== run) return;
      show(first, total, [...ws, ...guessed]);
    }
    await Promise.all(loading);
  }
  if (my !== run) return;
  for (const [d, m] of list) {
    if (shown.length >= limit) break;
    const t = await text(d); if (!t) continue; if (my !== run) return;
    if (phrases.length) { const ok = phrases.every(p => fold(t.t).includes(p) || (t.b ?? []).some(b => fold(b[1]).includes(p))); if (!ok) { total--; continue; } m.blocks = new Set([0, ...(t.b ?? []).flatMap((b, i) => phrases.some(p => fold(b[1]).includes(p)) ? [i + 1] : [])]); }
    shown.push([t, m]);
  }
  show(shown, total, [...ws, ...guessed]);
  if (total > shown.length && shown.length === limit) {
    const more = make("button", "", label("script.more")); more.type = "button"; found.append(more);
    more.addEventListener("click", async () => { await search(limit + 24); found.querySelectorAll("li > a")[limit]?.focus(); });
  }
}
function both(a, b) { const out = new Map(); for (const [d, x] of a) { const y = b.get(d); if (y) { const shared = [...x.blocks].filter(k => y.blocks.has(k)); out.set(d, { blocks: shared.length ? new Set(shared) : new Set([...x.blocks, ...y.blocks]), score: x.score + y.score + (shared.length ? 2 : 0) }); } } return out; }
function marked(el, s, ws) {
  // Words are marked where their folded form begins like one asked for.
  for (const part of s.split(/([\p{L}\p{N}]+)/u)) { const f = fold(part); if (part && ws.some(w => f.startsWith(w) || unspaced.test(part) && part.includes(w))) el.append(make("mark", "", part)); else el.append(part); }
  return el;
}
function excerpt(s, ws) {
  if (s.length <= 240) return s;
  const f = fold(s), at = Math.max(0, ...ws.map(w => f.indexOf(w)).filter(i => i >= 0).slice(0, 1)); let from = Math.max(0, at - 80);
  if (from) from = s.indexOf(" ", from) + 1;
  let to = Math.min(s.length, from + 240); if (to < s.length) to = s.lastIndexOf(" ", to);
  return (from ? "… " : "") + s.slice(from, to) + (to < s.length ? " …" : "");
}
// A call of label is its text in the language of the site, or one for each plural
// form, before a browser sees it.
const tongue = doc.documentElement.lang, figures = n => n.toLocaleString(tongue);
const fill = (text, places) => text.replace(/\{(\w+)\}/g, (all, name) => places[name] ?? all);
const results = n => { const forms = label("script.results"); return fill(forms[new Intl.PluralRules(tongue).select(n)] ?? forms.other, { n: figures(n), number: figures(n) }); };
const address = (path, id) => single ? "#" + path.replace(/\.html$/, "").replaceAll("/", ".") + (id ? ":" + id : "") : rootPath + path + (id ? "#" + id : "");
const kinds = { person: label("kind.person"), organization: label("kind.organization"), place: label("kind.place"), event: label("kind.event") };
function show(list, total, ws) {
  const ol = make("ol");
  for (const [t, m] of list) {
    const li = make("li"), a = make("a"); a.href = address(t.p); a.append(marked(said(t.l), t.t, ws)); li.append(a);
    const meta = make("p", "meta", [kinds[t.k], t.m].filter(Boolean).join(" · ")); li.append(meta);
    for (const k of [...m.blocks].sort((x, y) => x - y).filter(k => k > 0).slice(0, 2)) {
      const b = t.b?.[k - 1]; if (!b) continue;
      const p = make("p"), to = make("a", "cite", /^p\d/.test(b[0]) ? "¶" + b[0].slice(1) : label("script.there")); to.href = address(t.p, b[0]);
      p.append(marked(said(b[2] ? "" : t.l), excerpt(b[1], ws), ws), " ", to); li.append(p);
    }
    ol.append(li);
  }
  const n = make("p", "meta", total ? total > list.length ? fill(label("script.shown"), { results: results(total), n: figures(list.length) }) : results(total) : label("script.nothing"));
  found.replaceChildren(n, ol);
}
const labels = { named: label("script.word.named"), body: label("script.word.body"), unnamed: label("script.word.unnamed"), briefing: label("script.kind.briefing"), person: label("script.kind.person"), organization: label("script.kind.organization"), place: label("script.kind.place"), event: label("script.kind.event") };
function showFilters() {
  const facets = { ...dir.facets, word: ["named", "body", "unnamed"].map(v => [v, 0]) };
  for (const sel of filters.querySelectorAll("select")) {
    const values = facets[sel.name]; if (!values?.length) { sel.parentNode.hidden = true; continue; }
    for (const [v, n] of values) sel.append(new Option((labels[v] ?? v) + (n ? " (" + n + ")" : ""), v));
    sel.addEventListener("change", () => search());
  }
  filters.hidden = false;
}
let due = 0;
box.addEventListener("focus", () => start().catch(() => {}));
// Words are looked up at once; what is found is shown when no key follows.
box.addEventListener("input", () => {
  clearTimeout(due); due = setTimeout(() => search(), 30);
  if (dir) for (const w of words(box.value)) lines(w, false).catch(() => {});
});
form.addEventListener("submit", e => { e.preventDefault(); search(); });
box.addEventListener("keydown", e => { if (e.key === "Escape" && box.value) { box.value = ""; search(); } });
const asked = new URLSearchParams(location.search).get("q") ?? (location.hash.startsWith("#q=") ? decodeURIComponent(location.hash.slice(3)) : "");
if (asked) { box.value = asked; search(); }
})();
