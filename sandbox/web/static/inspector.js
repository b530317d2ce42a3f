// The inspector: what has passed between the app and Slack, as it passes, and the buttons for what may go wrong.

import { morph } from "./morph.js";

const LOOK_AGAIN = 700;
const MOST = 2000;

const table = document.getElementById("rows");
const only = document.getElementById("only");
const pane = document.querySelector("main");
let change = 0;

document.getElementById("faults").addEventListener("click", pressed);
document.getElementById("faults-of-calls").addEventListener("submit", (event) => event.preventDefault());
table.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-number]");
  if (row) unfold(row);
});
table.addEventListener("keydown", arrows);
only.addEventListener("input", () => [...table.rows].forEach(sift));
follow();

async function follow() {
  await look().catch(() => notice("The sandbox does not answer."));
  setTimeout(follow, LOOK_AGAIN);
}

async function look() {
  const answer = await fetch(`/inspector/news?since=${change}`);
  const news = await answer.json();
  change = news.change;
  const atEnd = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 60;
  for (const row of elements(`<table>${news.rows}</table>`, "tr")) place(row);
  while (table.rows.length > MOST) table.rows[0].remove();
  morph(document.getElementById("active"), elements(news.active, "section")[0]);
  if (atEnd) pane.scrollTop = pane.scrollHeight;
}

function elements(html, selector) {
  const drawn = document.createElement("template");
  drawn.innerHTML = html;
  return [...drawn.content.querySelectorAll(selector)];
}

function place(row) {
  const old = document.getElementById(row.id);
  sift(row);
  if (!old) return table.append(row);
  const isOpen = opener(old).getAttribute("aria-expanded") === "true";
  const held = document.activeElement === opener(old);
  old.replaceWith(row);
  if (isOpen) fill(row, row.nextElementSibling);
  if (held) opener(row).focus();
}

function unfold(row) {
  const folded = opener(row).getAttribute("aria-expanded") === "false";
  if (!folded) {
    opener(row).setAttribute("aria-expanded", "false");
    return row.nextElementSibling.remove();
  }
  const below = document.createElement("tr");
  below.className = "bodies";
  below.append(document.createElement("td"));
  below.firstChild.colSpan = [...row.cells].filter((cell) => cell.offsetWidth).length;
  row.after(below);
  return fill(row, below);
}

async function fill(row, below) {
  opener(row).setAttribute("aria-expanded", "true");
  const answer = await fetch(`/inspector/bodies/${row.dataset.number}`);
  below.firstChild.innerHTML = await answer.text();
}

function sift(row) {
  const belongsTo = row.className === "bodies" ? row.previousElementSibling : row;
  row.hidden = !belongsTo.textContent.toLowerCase().includes(only.value.trim().toLowerCase());
}

function arrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const openers = [...table.querySelectorAll("tr:not([hidden]) .unfold")];
  const at = openers.indexOf(event.target);
  if (!step || at < 0) return;
  event.preventDefault();
  openers[Math.max(0, Math.min(openers.length - 1, at + step))].focus();
}

function opener(row) {
  return row.querySelector(".unfold");
}

async function pressed(event) {
  const button = event.target.closest("button");
  if (!button) return;
  const form = Object.fromEntries(new FormData(document.getElementById("faults-of-calls")));
  if (button.dataset.do) await post({ ...form, do: button.dataset.do });
  else await fetch(`/faults?number=${button.dataset.clear}`, { method: "DELETE" });
  await look();
}

async function post(asked) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/inspector/do", { method: "POST", headers, body: JSON.stringify(asked) });
  const { trouble } = await answer.json();
  if (trouble) notice(trouble);
}

function notice(words) {
  const line = document.getElementById("notice");
  line.textContent = words;
  line.showPopover();
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => line.hidePopover(), 6000);
}
