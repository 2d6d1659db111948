// Reads what readout writes for other programs as those programs do: the
// annotations with a JSON-LD processor and with a reader of web annotations, the
// metadata of the pages with the terms of schema.org.
//
//   node consumers.mjs PUBLIC…   each the output folder of a site
//
// It asks no network: contexts stand in contexts/. Exits 1 where something is
// lost or a selector does not select its words.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import jsonld from "jsonld";
import { JSDOM } from "jsdom";
import { createTextPositionSelectorMatcher, createTextQuoteSelectorMatcher } from "@apache-annotator/dom";

// The reader expects to be in a browser.
const { NodeFilter, Node } = new JSDOM().window;
Object.assign(globalThis, { NodeFilter, Node });

const here = dirname(fileURLToPath(import.meta.url));
const contexts = {
  "http://www.w3.org/ns/anno.jsonld": JSON.parse(readFileSync(join(here, "contexts/anno.json"), "utf8")),
  "https://schema.org": { "@context": { "@vocab": "http://schema.org/", type: "@type", id: "@id" } },
};
const documentLoader = (url) => {
  if (!contexts[url]) throw new Error(`the context ${url} is none that readout names`);
  return { contextUrl: null, documentUrl: url, document: contexts[url] };
};

// The terms of schema.org that may stand in a thing of each type.
const thing = ["name", "url", "sameAs", "alternateName", "description", "mainEntityOfPage"];
const terms = {
  NewsArticle: [...thing, "headline", "alternativeHeadline", "author", "publisher", "datePublished", "inLanguage", "wordCount", "mentions", "hasPart"],
  Quotation: [...thing, "text", "creator", "inLanguage"],
  Person: [...thing, "jobTitle"],
  Organization: [...thing],
  Place: [...thing],
  Event: [...thing],
};

let failed = 0;
const counts = { annotations: 0, ambiguous: 0, values: 0, things: 0, files: 0 };
const wrong = (where, what) => {
  if (++failed <= 50) console.log(`${where}: ${what}`);
};

// values counts what a document says: each text, number and type in it.
function values(v, key = "") {
  if (Array.isArray(v)) return v.reduce((n, x) => n + values(x, key), 0);
  if (v && typeof v === "object") {
    return Object.entries(v).reduce((n, [k, x]) => {
      if (k === "@context" || (k === "@type" && "@value" in v)) return n;
      return n + values(x, k);
    }, 0);
  }
  return v === null || v === undefined ? 0 : 1;
}

async function expanded(where, doc, base) {
  try {
    const out = await jsonld.expand(doc, { base, documentLoader, safe: true });
    const [said, kept] = [values(doc), values(out)];
    counts.values += kept;
    if (said !== kept) wrong(where, `of ${said} values ${kept} are left when it is expanded`);
    const quads = await jsonld.toRDF(out, { format: "application/n-quads", documentLoader });
    if (!quads.trim()) wrong(where, "it says nothing as RDF");
  } catch (e) {
    wrong(where, `cannot be expanded: ${e.message} ${JSON.stringify(e.details ?? {}).slice(0, 300)}`);
  }
}

async function all(matches) {
  const out = [];
  for await (const m of matches) out.push(m);
  return out;
}

// annotations reads the collection beside a page, and looks for each of its
// words in the text that it names.
async function annotations(folder, file) {
  const where = relative(folder, file);
  const doc = JSON.parse(readFileSync(file, "utf8"));
  await expanded(where, doc, "https://desk.example/" + where);
  const items = doc.first.items;
  if (doc.total !== items.length) wrong(where, `says ${doc.total} annotations and has ${items.length}`);
  const doms = new Map();
  for (const a of items) {
    counts.annotations++;
    if (!a.target.source.endsWith(".txt")) continue; // the site does not publish its texts
    const name = join(dirname(file), decodeURIComponent(a.target.source.split("/").pop()));
    if (!doms.has(name)) {
      const dom = new JSDOM("<!doctype html><body><pre></pre>");
      dom.window.document.querySelector("pre").textContent = readFileSync(name, "utf8");
      doms.set(name, dom);
    }
    const document = doms.get(name).window.document;
    const pre = document.querySelector("pre");
    const quote = a.target.selector.find((s) => s.type === "TextQuoteSelector");
    const position = a.target.selector.find((s) => s.type === "TextPositionSelector");
    if (!quote || !position) {
      wrong(a.id, "has not both a quote and a position");
      continue;
    }
    const at = await all(createTextPositionSelectorMatcher(position)(pre));
    if (at.length !== 1 || at[0].toString() !== quote.exact) {
      wrong(a.id, `its position selects ${JSON.stringify(at.map(String))}, not ${JSON.stringify(quote.exact)}`);
      continue;
    }
    const found = await all(createTextQuoteSelectorMatcher(quote)(pre));
    const same = found.filter((r) => r.startContainer === at[0].startContainer && r.startOffset === at[0].startOffset && r.toString() === quote.exact);
    if (same.length !== 1) wrong(a.id, `its quotation does not select the words at its position, but ${found.length} others`);
    if (found.length > 1) counts.ambiguous++;
  }
}

function known(where, v) {
  if (Array.isArray(v)) return v.forEach((x) => known(where, x));
  if (!v || typeof v !== "object") return;
  counts.things++;
  const may = terms[v["@type"]];
  if (!may) wrong(where, `schema.org has no use here for ${JSON.stringify(v["@type"])}`);
  for (const [k, x] of Object.entries(v)) {
    if (k === "@context" || k === "@type" || k === "@id") continue;
    if (may && !may.includes(k)) wrong(where, `a ${v["@type"]} of schema.org has no ${k}`);
    known(where, x);
  }
}

async function metadata(folder, file) {
  const where = relative(folder, file);
  const document = new JSDOM(readFileSync(file, "utf8")).window.document;
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const doc = JSON.parse(script.textContent);
    known(where, doc);
    await expanded(where, doc, "https://desk.example/" + where);
  }
}

for (const folder of process.argv.slice(2)) {
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    if (name.endsWith(".annotations.jsonld")) {
      counts.files++;
      await annotations(folder, join(folder, name));
    } else if (/^briefings\/[^/]*\.html$/.test(name)) {
      counts.files++;
      await metadata(folder, join(folder, name));
    }
  }
}
if (!counts.annotations || !counts.things) wrong(process.argv.slice(2).join(" "), "there is nothing to read");
console.log(`${counts.files} files, ${counts.annotations} annotations, each with its words at its place (${counts.ambiguous} of the quotations stand elsewhere too), ${counts.things} things of schema.org, ${counts.values} values, ${failed} faults`);
process.exit(failed ? 1 : 0);
