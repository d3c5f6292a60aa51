"use strict";
(() => {
  const find = document.getElementById("find");
  if (!find) return;
  const cards = [...document.querySelectorAll("article.change")].map((card) => ({
    card,
    entry: document.querySelector(`[data-for="${card.id}"]`),
    text: card.textContent.toLowerCase(),
  }));
  const buttons = [...document.querySelectorAll("[data-filter]")];
  const nothing = document.querySelector(".nothing");
  const contents = document.querySelector(".contents details");
  let filter = "all";

  const show = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { card, entry, text } of cards) {
      const fits = (filter === "all" || card.dataset.effect === filter) && words.every((word) => text.includes(word));
      card.hidden = entry.hidden = !fits;
      shown += fits;
    }
    for (const group of document.querySelectorAll("section.api, .contents ol")) {
      const empty = !group.querySelector("article:not([hidden]), li:not([hidden])");
      group.hidden = empty;
      if (group.matches("ol")) group.previousElementSibling.hidden = empty;
    }
    nothing.hidden = shown > 0;
  };

  find.addEventListener("input", show);
  for (const button of buttons) {
    button.addEventListener("click", () => {
      filter = button.dataset.filter;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      show();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== find) {
      event.preventDefault();
      find.focus();
    } else if (event.key === "Escape" && document.activeElement === find) {
      find.value = "";
      show();
    }
  });
  if (matchMedia("(max-width: 66rem)").matches) contents.open = false;
  show();
})();
