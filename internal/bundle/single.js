// The name of the page that is shown, and the way past the navigation.
(() => {
"use strict";
const doc = document, shown = () => doc.querySelector(".page:target,.page:has(:target)") ?? doc.querySelector(".page");
const name = () => { doc.title = shown().dataset.title; };
addEventListener("hashchange", name); name();
const skip = doc.createElement("a"); skip.className = "skip"; skip.textContent = "Skip to the text"; skip.href = "#index";
skip.addEventListener("click", e => { e.preventDefault(); const p = shown(); p.focus(); });
doc.body.prepend(skip);
})();
