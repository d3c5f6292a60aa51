"use strict";
(() => {
  const find = document.getElementById("find");
  if (!find) return;
  const cards = [...document.querySelectorAll("article.change")].map((card) => ({
    card,
    entry: document.querySelector(`[data-for="${card.id}"]`),
    text: card.textContent.toLowerCase(),
  }));
  const groups = [...document.querySelectorAll("[data-group]")];
  const nothing = document.querySelector(".nothing");
  const count = document.querySelector(".shown");
  const copy = document.querySelector(".copy");
  const contents = document.querySelector(".contents details");
  const filters = { effect: "all", level: "all" };

  const show = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { card, entry, text } of cards) {
      const fits =
        Object.entries(filters).every(([kind, value]) => value === "all" || card.dataset[kind] === value) &&
        words.every((word) => text.includes(word));
      card.hidden = entry.hidden = !fits;
      shown += fits;
    }
    for (const group of document.querySelectorAll("section.api, .contents ol")) {
      const empty = !group.querySelector("article:not([hidden]), li:not([hidden])");
      group.hidden = empty;
      if (group.matches("ol")) group.previousElementSibling.hidden = empty;
    }
    for (const group of groups) {
      for (const button of group.children) {
        button.setAttribute("aria-pressed", String(button.dataset.filter === filters[group.dataset.group]));
      }
    }
    nothing.hidden = shown > 0;
    count.textContent = `${shown} of ${cards.length}`;
  };

  // What is shown is in the address, so that it can be sent on. Not every browser lets pages on disk do that.
  const remember = () => {
    const state = new URLSearchParams();
    for (const [kind, value] of Object.entries(filters)) if (value !== "all") state.set(kind, value);
    if (find.value) state.set("find", find.value);
    const query = state.toString();
    try {
      history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
    } catch {
      // The page works without.
    }
  };
  const change = () => {
    show();
    remember();
  };

  const recall = () => {
    const state = new URLSearchParams(location.search);
    for (const group of groups) {
      const kind = group.dataset.group;
      const known = [...group.children].some((button) => button.dataset.filter === state.get(kind));
      if (known) filters[kind] = state.get(kind);
    }
    find.value = state.get("find") ?? "";
  };

  const code = (text) => {
    const ticks = "`".repeat(1 + Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length)));
    const space = /^`|`$/.test(text) ? " " : "";
    return ticks + space + text + space + ticks;
  };
  const markdown = () => {
    const lines = [];
    for (const section of document.querySelectorAll("section.api:not([hidden])")) {
      lines.push(`### ${code(section.querySelector("h2").textContent)}`, "");
      for (const card of section.querySelectorAll("article:not([hidden])")) {
        const part = (name) => card.querySelector(name)?.textContent.trim() ?? "";
        const asks = [...card.querySelectorAll(".crates .pill")].map((pill) => pill.textContent.trim()).join(", ");
        lines.push(
          `- **${part(".rule .badge")}** ${code(part("h3"))} (${code(part(".rule .name"))}): ${part(".sentence")} ${asks}`,
        );
      }
      lines.push("");
    }
    return lines.join("\n");
  };

  find.addEventListener("input", change);
  for (const group of groups) {
    for (const button of group.children) {
      button.addEventListener("click", () => {
        filters[group.dataset.group] = button.dataset.filter;
        change();
      });
    }
  }
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(markdown());
      copy.textContent = "Copied";
      setTimeout(() => (copy.textContent = "Copy as Markdown"), 2000);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== find) {
      event.preventDefault();
      find.focus();
    } else if (event.key === "Escape" && document.activeElement === find) {
      find.value = "";
      change();
    }
  });
  if (matchMedia("(max-width: 66rem)").matches) contents.open = false;
  recall();
  show();
  // The change that the address names is reached once it is clear what is shown.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
})();
