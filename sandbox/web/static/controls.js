// Buttons, menus and fields in blocks: what is entered in them, and telling the app.

import { act } from "./panes.js";
import { ask } from "./popups.js";

// What a person has entered in a control: text, a value, a list of values, or nothing.
export function entered(control) {
  const picker = control.querySelector(".picker, .files");
  const picked = [...(picker?.querySelectorAll(".token") ?? [])].map((token) => token.dataset.value);
  if (picker) return picker.hasAttribute("data-single") ? (picked[0] ?? null) : picked;
  const [box] = control.querySelectorAll("input[type=checkbox], input[type=radio]");
  const ticked = [...control.querySelectorAll("input:checked")].map((each) => each.value);
  if (box) return box.type === "radio" ? (ticked[0] ?? null) : ticked;
  const field = control.querySelector("input, select, textarea");
  if (field?.type === "datetime-local" && field.value) return { local: field.value };
  return field?.value || null;
}

// Everything entered in the input blocks of a modal or Home, by block.
export function filled(view) {
  const controls = [...view.querySelectorAll(".block.input .control")];
  return Object.fromEntries(controls.map((control) => [control.closest(".block").dataset.blockId, entered(control)]));
}

export function startControls() {
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest(".button[data-action-id]");
    const chosen = event.target.closest("[data-choice]");
    if (pressed) tell(pressed, null);
    if (chosen) choose(chosen);
  });
  document.addEventListener("change", (event) => {
    const control = event.target.closest(".control[data-dispatch=change]");
    if (control && !event.target.closest(".picker")) tell(control, entered(control));
  });
  document.addEventListener("picked", (event) => {
    const control = event.target.closest(".control[data-dispatch=change]");
    if (control) tell(control, entered(control));
  });
  document.addEventListener("keydown", (event) => {
    const control = event.target.closest?.(".control[data-dispatch=enter]");
    if (!control || event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    tell(control, entered(control));
  });
  document.addEventListener("input", (event) => {
    const control = event.target.closest(".control[data-dispatch=character]");
    if (!control) return;
    clearTimeout(control.typing);
    control.typing = setTimeout(() => tell(control, entered(control)), 250);
  });
}

function choose(item) {
  item.closest("[popover]")?.hidePopover();
  tell(item.closest(".control"), item.dataset.choice);
}

async function tell(control, value) {
  if (control.getAttribute("aria-busy")) return;
  const question = control.querySelector("template.confirm") ?? control.parentElement.querySelector(confirmOf(control));
  if (question && !(await ask(question))) return reset(control);
  control.setAttribute("aria-busy", "true");
  await act("act", {
    place: place(control),
    block: control.closest("[data-block-id]").dataset.blockId,
    action: control.dataset.actionId,
    entered: value,
    filled: filled(control.closest("[data-view-id]") ?? document.createElement("div")),
  });
  control.removeAttribute("aria-busy");
}

function confirmOf(control) {
  return `[data-action-id="${CSS.escape(control.dataset.actionId)}"] + template.confirm`;
}

// Where a control stands: in which view, or in which message of which channel.
export function place(control) {
  const view = control.closest("[data-view-id]");
  if (view) return { view: view.dataset.viewId };
  const channel = control.closest("[data-channel]").dataset.channel;
  return { channel, ts: control.closest("[data-message-ts]").dataset.messageTs };
}

// A choice that was asked about and denied goes back to what it was.
function reset(control) {
  for (const option of control.querySelectorAll("option")) option.selected = option.defaultSelected;
  for (const box of control.querySelectorAll("input")) {
    if (box.type === "checkbox" || box.type === "radio") box.checked = box.defaultChecked;
    else box.value = box.defaultValue;
  }
}
