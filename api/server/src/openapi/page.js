const box = document.getElementById("search");
const found = document.getElementById("found");
const items = [...document.querySelectorAll("[data-text]")].map((node) => ({ node, text: node.dataset.text }));
const groups = [...document.querySelectorAll("[data-group]")];
const apply = () => {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { node, text } of items) {
    const fits = words.every((word) => text.includes(word));
    node.classList.toggle("none", !fits);
    if (fits && node.tagName === "ARTICLE") shown += 1;
  }
  for (const group of groups) {
    group.classList.toggle("none", !group.querySelector("[data-text]:not(.none)"));
  }
  found.textContent = words.length ? `${shown} found` : "";
};
box.addEventListener("input", apply);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== box) {
    event.preventDefault();
    box.focus();
  }
});
apply();
// On a narrow screen the contents stand above the text: folded, so that the text comes first.
const menu = document.querySelector(".menu");
const narrow = matchMedia("(max-width:50rem)");
const fold = () => {
  menu.open = !narrow.matches;
};
narrow.addEventListener("change", fold);
menu.addEventListener("click", (event) => {
  if (event.target.closest("a")) fold();
});
fold();
