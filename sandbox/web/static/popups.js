// Menus beside their buttons, and the question before a press counts.

const GRID = 8;
let lastPressed = null;

export function startPopups() {
  document.addEventListener("click", (event) => (lastPressed = event.target.closest("[popovertarget]")), true);
  document.addEventListener("beforetoggle", opening, true);
  document.addEventListener("keydown", arrows);
  document.getElementById("show-sidebar").addEventListener("click", () => document.body.classList.toggle("sidebar-open"));
  document.addEventListener("keydown", (event) => event.key === "Escape" && document.body.classList.remove("sidebar-open"));
  document.querySelector("main").addEventListener("click", () => document.body.classList.remove("sidebar-open"));
}

// Put a popup below an element, or above it where there is no room.
export function beside(popup, anchor) {
  const box = anchor.getBoundingClientRect();
  const below = box.bottom + 4 + popup.offsetHeight <= innerHeight - 8;
  const top = below ? box.bottom + 4 : box.top - 4 - popup.offsetHeight;
  popup.style.left = `${Math.max(8, Math.min(box.left, innerWidth - popup.offsetWidth - 8))}px`;
  popup.style.top = `${Math.max(8, top)}px`;
}

// Ask what a confirm object asks; answers true for "confirm".
export function ask(question) {
  const dialog = document.createElement("dialog");
  dialog.className = "confirm";
  dialog.setAttribute("role", "alertdialog");
  dialog.append(question.content.cloneNode(true));
  dialog.querySelector("h2").id = "question";
  dialog.setAttribute("aria-labelledby", "question");
  dialog.addEventListener("click", (event) => event.target.value && dialog.close(event.target.value));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "confirm");
    });
  });
}

function opening(event) {
  const opener = lastPressed?.popoverTargetElement === event.target ? lastPressed : null;
  if (!opener) return;
  const open = event.newState === "open";
  opener.setAttribute("aria-expanded", open);
  if (open) {
    requestAnimationFrame(() => {
      beside(event.target, opener);
      event.target.querySelector("[role=menuitem], [aria-current]")?.focus();
    });
  }
}

function arrows(event) {
  if (!event.target.closest?.("button, a")) return;
  const menu = event.target.closest(".menu[popover]") ?? event.target.popoverTargetElement;
  const row = menu?.matches(".grid") ? GRID : 1;
  const step = { ArrowDown: row, ArrowUp: -row, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || !menu?.matches(":popover-open")) return;
  event.preventDefault();
  const items = [...menu.querySelectorAll("[role=menuitem], a")];
  items.at((items.indexOf(document.activeElement) + step) % items.length)?.focus();
}
