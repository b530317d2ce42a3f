// Long tables, page by page. Which page is open is kept on the table, so that it stays when its message is drawn anew.

import { whenDrawn } from "./panes.js";

export function startTables() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-turn]");
    if (button) turn(button.closest(".pages"), Number(button.dataset.turn));
  });
  for (const pane of ["timeline", "aside", "home"]) whenDrawn(pane, restore);
}

function turn(pages, by) {
  pages.dataset.now = Number(pages.dataset.now ?? 0) + by;
  show(pages);
}

function restore() {
  document.querySelectorAll(".pages[data-now]").forEach(show);
}

function show(pages) {
  const rows = [...pages.querySelectorAll("tbody tr")];
  const size = Number(pages.dataset.size);
  const now = Math.min(Number(pages.dataset.now), Math.ceil(rows.length / size) - 1);
  const from = now * size;
  rows.forEach((row, place) => (row.hidden = place < from || place >= from + size));
  const [back, forth] = pages.querySelectorAll("[data-turn]");
  back.disabled = from === 0;
  forth.disabled = from + size >= rows.length;
  pages.querySelector(".pager span").textContent = `${from + 1}–${Math.min(from + size, rows.length)} of ${rows.length}`;
}
