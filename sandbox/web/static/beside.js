// Two people side by side: only the calendar above them is this page's own.

import { act, listen, refresh } from "./panes.js";

const CLOCK = 20_000;

document.addEventListener("click", (event) => {
  const { move } = event.target.closest("button")?.dataset ?? {};
  if (move) act("move", { move });
});
listen();
setInterval(() => refresh("calendar"), CLOCK);
