// Fields in which several things are chosen: each becomes a token, and the list below narrows as one types.

import { beside } from "./popups.js";

export function startPickers() {
  document.addEventListener("focusout", (event) => event.target.matches(".picker-search") && shut(event.target));
  document.addEventListener("input", (event) => event.target.matches(".picker-search") && open(event.target));
  document.addEventListener("keydown", (event) => event.target.matches?.(".picker-search") && keyed(event));
  // Not click: the field must keep the focus, or its list would close before the choice counts.
  document.addEventListener("mousedown", pressed);
  document.addEventListener("click", (event) => {
    const picker = event.target.closest(".picker");
    const remove = event.target.closest(".token button");
    if (remove) toggle(remove.closest(".control"), remove.parentElement.dataset.value);
    else if (picker) open(picker.querySelector(".picker-search"));
  });
}

function open(search) {
  const list = listOf(search);
  const typed = search.value.trim().toLowerCase();
  for (const option of list.querySelectorAll("[role=option]")) {
    option.hidden = !option.textContent.toLowerCase().includes(typed);
  }
  search.setAttribute("aria-expanded", "true");
  list.style.width = `${search.closest(".picker").offsetWidth}px`;
  if (!list.matches(":popover-open")) list.showPopover();
  beside(list, search.closest(".picker"));
  highlight(search, shown(list)[0]);
}

function shut(search) {
  search.setAttribute("aria-expanded", "false");
  search.value = "";
  if (listOf(search).matches(":popover-open")) listOf(search).hidePopover();
}

function keyed(event) {
  const search = event.target;
  const options = shown(listOf(search));
  const at = options.findIndex((option) => option.classList.contains("current"));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const isOpen = listOf(search).matches(":popover-open");
  if (step && !isOpen) open(search);
  else if (step) highlight(search, options.at((at + step) % options.length));
  else if (event.key === "Enter" && isOpen && options[at]) toggle(search.closest(".control"), options[at].dataset.value);
  else if (event.key === "Backspace" && !search.value) removeLast(search.closest(".control"));
  else if (event.key === "Escape" && isOpen) shut(search);
  else return;
  if (event.key !== "Backspace") event.preventDefault();
}

function pressed(event) {
  const option = event.target.closest(".control [role=option]");
  const picker = event.target.closest(".picker");
  if (option) toggle(option.closest(".control"), option.dataset.value);
  if (option || (picker && !event.target.closest("input, button"))) {
    event.preventDefault();
    (option ?? picker).closest(".control").querySelector(".picker-search").focus();
  }
}

function toggle(control, value) {
  const search = control.querySelector(".picker-search");
  const option = [...control.querySelectorAll("[role=option]")].find((each) => each.dataset.value === value);
  const token = [...control.querySelectorAll(".token")].find((each) => each.dataset.value === value);
  if (!token && full(control)) return;
  control.dataset.touched = "true";
  option?.setAttribute("aria-selected", String(!token));
  if (token) token.remove();
  else search.before(made(option));
  search.value = "";
  if (listOf(search).matches(":popover-open")) open(search);
  search.dispatchEvent(new CustomEvent("picked", { bubbles: true }));
}

function removeLast(control) {
  const last = [...control.querySelectorAll(".token")].at(-1);
  if (last) toggle(control, last.dataset.value);
}

function made(option) {
  const token = document.createElement("span");
  token.className = "token";
  token.dataset.value = option.dataset.value;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = "×";
  remove.setAttribute("aria-label", `Remove ${option.textContent}`);
  token.append(option.textContent, remove);
  return token;
}

function full(control) {
  const { most } = control.querySelector(".picker").dataset;
  return most && control.querySelectorAll(".token").length >= Number(most);
}

function highlight(search, option) {
  for (const each of listOf(search).querySelectorAll(".current")) each.classList.remove("current");
  option?.classList.add("current");
  option?.scrollIntoView({ block: "nearest" });
}

function shown(list) {
  return [...list.querySelectorAll("[role=option]:not([hidden])")];
}

function listOf(search) {
  return document.getElementById(search.getAttribute("aria-controls"));
}
