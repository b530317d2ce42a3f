// Fields in which several things are chosen: each becomes a token, and the list below narrows as one types.

import { place } from "./controls.js";
import { answerTo } from "./panes.js";
import { beside } from "./popups.js";

const TYPING = 200;
const NOTHING = "Nothing was found.";

export function startPickers() {
  document.addEventListener("focusout", (event) => event.target.matches(".picker-search") && shut(event.target));
  document.addEventListener("input", (event) => event.target.matches(".picker-search") && open(event.target));
  document.addEventListener("keydown", (event) => event.target.matches?.(".picker-search") && keyed(event));
  document.addEventListener("scroll", scrolled, true);
  // Not click: the field must keep the focus, or its list would close before the choice counts.
  document.addEventListener("mousedown", pressed);
  document.addEventListener("click", (event) => {
    const picker = event.target.closest(".picker");
    const remove = event.target.closest(".picker .token button");
    if (remove) toggle(remove.closest(".control"), remove.parentElement.dataset.value);
    else if (picker) open(picker.querySelector(".picker-search"));
  });
}

function open(search) {
  const picker = search.closest(".picker");
  const list = listOf(search);
  const typed = search.value.trim().toLowerCase();
  if (picker.dataset.least) suggest(search);
  else narrow(list, typed);
  search.setAttribute("aria-expanded", "true");
  list.style.width = `${picker.offsetWidth}px`;
  if (!list.matches(":popover-open")) list.showPopover();
  beside(list, picker);
  highlight(search, shown(list)[0]);
}

// Only what holds what was typed; where nothing does, the list says so.
function narrow(list, typed) {
  list.querySelector(".nothing")?.remove();
  for (const option of list.children) option.hidden = !option.textContent.toLowerCase().includes(typed);
  if (shown(list).length) return;
  const line = heading(NOTHING);
  line.classList.add("nothing");
  list.append(line);
}

// An open list stays with its field while what is around it scrolls, and closes once the field is out of sight.
function scrolled(event) {
  const search = document.activeElement;
  const list = search?.matches(".picker-search") ? listOf(search) : null;
  if (!list?.matches(":popover-open") || !event.target.contains(search)) return;
  const field = search.closest(".picker").getBoundingClientRect();
  const around = event.target.getBoundingClientRect?.() ?? { top: 0, bottom: innerHeight };
  if (field.bottom < around.top || field.top > around.bottom) list.hidePopover();
  else beside(list, search.closest(".picker"));
}

// Ask the app what it offers for what was typed, once it is long enough and the typing rests.
function suggest(search) {
  const control = search.closest(".control");
  const typed = search.value.trim();
  const least = Number(search.closest(".picker").dataset.least);
  clearTimeout(control.typing);
  if (typed.length < least) return offer(search, [], least - typed.length === 1 ? "One more letter …" : "Type to search …");
  if (typed === control.asked) return;
  if (!listOf(search).querySelector("[role=option]")) offer(search, [], "Looking …");
  control.typing = setTimeout(async () => {
    const block = control.closest("[data-block-id]").dataset.blockId;
    const asked = { place: place(control), block, action: control.dataset.actionId, typed };
    control.asked = typed;
    const answer = await answerTo("suggest", asked);
    if (search.value.trim() === typed) offer(search, answer?.groups ?? [], NOTHING);
  }, TYPING);
}

function offer(search, groups, otherwise) {
  const chosen = [...search.closest(".control").querySelectorAll(".token")].map((token) => token.dataset.value);
  if (otherwise !== NOTHING) search.closest(".control").asked = null;
  const drawn = groups.flatMap(({ label, options }) => [
    ...(label ? [heading(label)] : []),
    ...options.map(({ value, words }) => {
      const option = made("div", words, value);
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", String(chosen.includes(value)));
      return option;
    }),
  ]);
  const list = listOf(search);
  list.replaceChildren(...(drawn.length ? drawn : [heading(otherwise)]));
  if (list.matches(":popover-open")) beside(list, search.closest(".picker"));
  highlight(search, shown(list)[0]);
}

function heading(words) {
  const line = made("div", words, "");
  line.className = "heading";
  line.setAttribute("role", "presentation");
  return line;
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
  const inside = option?.closest(".control");
  if (option) toggle(inside, option.dataset.value);
  if (option || (picker && !event.target.closest("input, button"))) {
    event.preventDefault();
    (inside ?? picker.closest(".control")).querySelector(".picker-search").focus();
  }
}

function toggle(control, value) {
  const search = control.querySelector(".picker-search");
  const option = [...control.querySelectorAll("[role=option]")].find((each) => each.dataset.value === value);
  const tokens = [...control.querySelectorAll(".token")];
  const token = tokens.find((each) => each.dataset.value === value);
  const single = control.querySelector(".picker").hasAttribute("data-single");
  if (!token && !single && full(control)) return;
  control.dataset.touched = "true";
  if (single) for (const other of tokens) if (other !== token) drop(control, other);
  option?.setAttribute("aria-selected", String(!token));
  if (token) token.remove();
  else search.before(tokenOf(value, option.textContent));
  search.value = "";
  if (single && !token) shut(search);
  else if (listOf(search).matches(":popover-open")) open(search);
  search.dispatchEvent(new CustomEvent("picked", { bubbles: true }));
}

function drop(control, token) {
  const option = [...control.querySelectorAll("[role=option]")].find((each) => each.dataset.value === token.dataset.value);
  option?.setAttribute("aria-selected", "false");
  token.remove();
}

function removeLast(control) {
  const last = [...control.querySelectorAll(".token")].at(-1);
  if (last) toggle(control, last.dataset.value);
}

// Something that was chosen, with a way to put it aside again.
export function tokenOf(value, words) {
  const token = made("span", words, value);
  token.className = "token";
  const remove = made("button", "×", "");
  remove.type = "button";
  remove.setAttribute("aria-label", `Remove ${words}`);
  token.append(remove);
  return token;
}

function made(name, words, value) {
  const element = document.createElement(name);
  element.textContent = words;
  if (value) element.dataset.value = value;
  return element;
}

function full(control) {
  const { most } = control.querySelector(".picker").dataset;
  return most && control.querySelectorAll(".token").length >= Number(most);
}

function highlight(search, option) {
  for (const each of listOf(search).querySelectorAll(".current")) each.classList.remove("current");
  option?.classList.add("current");
  if (option) search.setAttribute("aria-activedescendant", (option.id ||= `${search.id}-${shown(listOf(search)).indexOf(option)}`));
  option?.scrollIntoView({ block: "nearest" });
}

function shown(list) {
  return [...list.querySelectorAll("[role=option]:not([hidden])")];
}

function listOf(search) {
  return document.getElementById(search.getAttribute("aria-controls"));
}
