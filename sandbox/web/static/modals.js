// Dialogs: opened as the app opens them, submitted, cancelled, and led to what is wrong.

import { filled } from "./controls.js";
import { act, refresh, whenDrawn } from "./panes.js";

export function startModals() {
  const modals = document.getElementById("modals");
  modals.addEventListener("submit", submit);
  modals.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close]");
    if (button) close(button.closest("dialog"), button.dataset.close === "stack");
  });
  modals.addEventListener("cancel", escape, true);
  modals.addEventListener("close", (event) => event.target.isConnected && close(event.target, false), true);
  whenDrawn("modals", show);
  show();
}

function show() {
  for (const dialog of document.querySelectorAll("dialog.modal:not([open])")) {
    dialog.showModal();
    focusFirst(dialog.querySelector("[autofocus]") ?? dialog.querySelector(".blocks"));
  }
}

function focusFirst(within) {
  const first = within.matches("input, textarea") ? within : within.querySelector("input, select, textarea, button, a");
  (first ?? within.closest("dialog").querySelector("footer button:last-child")).focus();
}

async function submit(event) {
  event.preventDefault();
  const dialog = event.target.closest("dialog");
  const button = event.target.querySelector("[type=submit]");
  if (!button || button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  await act("submit", { view: dialog.dataset.viewId, filled: filled(dialog) });
  await refresh("modals");
  button.removeAttribute("aria-busy");
  const wrong = dialog.isConnected && dialog.querySelector(".block.invalid");
  if (wrong) focusFirst(wrong);
}

function escape(event) {
  if (!event.target.matches(".modal")) return;
  event.preventDefault();
  close(event.target, false);
}

async function close(dialog, stack) {
  await act("close", { view: dialog.dataset.viewId, stack });
  await refresh("modals");
}
