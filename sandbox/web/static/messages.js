// What one does with a message: reactions, pins, its link, its thread; and the side pane in which threads stand.

import { act, beside, notice } from "./panes.js";

let reactingTo = null;

export function startMessages() {
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("#aside") && !event.defaultPrevented) shut();
  });
  point(new URLSearchParams(location.search).get("at"));
}

function clicked(event) {
  const button = event.target.closest("button, a");
  if (!button) return;
  const ts = button.closest("[data-message-ts]")?.dataset.messageTs;
  const { emoji, pin, copy, dismiss, side } = button.dataset;
  if (button.getAttribute("popovertarget") === "reactions") reactingTo = ts;
  if (emoji) react(ts ?? reactingTo, emoji);
  if (pin) act(pin, { ts });
  if (copy) copyLink(copy);
  if (dismiss) act("dismiss", { ts: dismiss });
  if (side !== undefined && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    show(side);
  }
  if (emoji || pin || copy) button.closest("[popover]")?.hidePopover();
}

function react(ts, emoji) {
  act("react", { ts, emoji });
}

async function copyLink(path) {
  const address = new URL(path, location.origin).href;
  const copied = await navigator.clipboard.writeText(address).then(() => true, () => false);
  notice(copied ? "The link is copied." : address);
}

async function show(side) {
  await beside(side);
  const pane = document.getElementById("aside");
  const field = pane.querySelector("#reply-text") ?? pane.querySelector(".corner");
  if (!pane.hidden && side) field?.focus();
}

async function shut() {
  await show(document.querySelector("#aside .corner")?.dataset.side ?? "none");
  document.getElementById("composer-text")?.focus();
}

// Bring the message that an address asks for into sight.
function point(ts) {
  const found = ts && [...document.querySelectorAll(`[data-message-ts="${CSS.escape(ts)}"]`)].at(-1);
  if (!found) return;
  found.classList.add("pointed");
  found.scrollIntoView({ block: "center" });
}
