// The composer: Enter sends, Shift+Enter breaks the line; "/" offers commands, "@" people and "#" channels.

import { act, whenDrawn } from "./panes.js";
import { beside } from "./popups.js";

const WORD = /(?:^|\s)([@#])([\p{L}\w.-]*)$/u;
const COMMAND = /^(\/)(\S*)$/;

// What was said last: the next waits for it, so that all arrives in the order in which it was said.
let said = Promise.resolve();

export function startComposer() {
  document.addEventListener("input", (event) => isField(event.target) && typed(event.target));
  document.addEventListener("keydown", (event) => isField(event.target) && keyed(event));
  document.addEventListener("focusout", (event) => isField(event.target) && hide(event.target));
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".composing")) return;
    event.preventDefault();
    send(event.target.querySelector("textarea"));
  });
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest("#completions [role=option]");
    if (option) event.preventDefault();
    if (option) accept(document.activeElement, option);
  });
  restore();
  whenDrawn("aside", restore);
}

// What was typed and not sent stands there again, in the channel and in each of its threads.
function restore() {
  for (const field of document.querySelectorAll(".composing textarea")) {
    field.value ||= sessionStorage.getItem(draft(field)) ?? "";
    grow(field);
  }
}

function draft(field) {
  const { as, channel } = document.body.dataset;
  return `draft ${as} ${channel} ${field.form.dataset.thread ?? ""}`;
}

function isField(element) {
  return element.matches?.(".composing textarea");
}

async function send(field) {
  const text = field.value.trim();
  if (!text) return;
  put(field, "");
  said = said.then(() => act("say", { text, thread: field.form.dataset.thread }));
  if (!(await said) && !field.value) put(field, text);
}

function put(field, text) {
  field.value = text;
  typed(field);
}

function typed(field) {
  sessionStorage.setItem(draft(field), field.value);
  grow(field);
  const found = wordAt(field);
  const options = found ? narrowed(...found) : [];
  if (!options.length) return hide(field);
  if (!list().matches(":popover-open")) list().showPopover();
  list().style.width = `${field.form.offsetWidth}px`;
  beside(list(), { getBoundingClientRect: () => above(field.form) });
  highlight(field, options[0]);
}

// The sign and the letters after it, just before the caret.
function wordAt(field) {
  const before = field.value.slice(0, field.selectionStart);
  const found = COMMAND.exec(before) ?? WORD.exec(before);
  return found && [found[1], found[2].toLowerCase()];
}

function narrowed(sign, letters) {
  for (const option of list().children) {
    const { sign: of, match } = option.dataset;
    const begins = match.split(" ").some((word) => word.startsWith(sign === "/" ? `/${letters}` : letters));
    option.hidden = of !== sign || !begins;
  }
  return shown();
}

function keyed(event) {
  const field = event.target;
  const options = list()?.matches(":popover-open") ? shown() : [];
  const at = options.findIndex((option) => option.ariaSelected === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const taking = event.key === "Tab" || (event.key === "Enter" && !event.shiftKey);
  if (options.length && step) highlight(field, options.at((at + step) % options.length));
  else if (options.length && event.key === "Escape") hide(field);
  else if (options[at] && taking && field.value !== options[at].dataset.insert) accept(field, options[at]);
  else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) field.form.requestSubmit();
  else return;
  event.preventDefault();
}

function accept(field, option) {
  const [, letters] = wordAt(field);
  const end = field.selectionStart;
  field.setRangeText(`${option.dataset.insert} `, end - letters.length - 1, end, "end");
  typed(field);
}

function highlight(field, option) {
  for (const each of list().children) each.ariaSelected = String(each === option);
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function hide(field) {
  field.removeAttribute("aria-activedescendant");
  if (list()?.matches(":popover-open")) list().hidePopover();
}

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, innerHeight / 3)}px`;
}

// A line at the top of the form, so that the list stands above it.
function above(form) {
  const { left, top } = form.getBoundingClientRect();
  return { left, top, bottom: innerHeight };
}

function list() {
  return document.getElementById("completions");
}

function shown() {
  return [...list().children].filter((option) => !option.hidden);
}
