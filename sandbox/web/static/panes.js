// The panes of the page: fetched again when the workspace says that they have changed.

import { morph } from "./morph.js";

const { as, channel, app, side, first } = document.body.dataset;
const place = Object.entries(app ? { as, app, side, first } : { as, channel, side, first });
// Whose tab this is, and what it shows.
export const where = new URLSearchParams(place.filter(([, value]) => value));
const after = new Map();
const running = new Map();
const queued = new Map();

// Have `then` called each time the pane was drawn anew.
export function whenDrawn(name, then) {
  after.set(name, [...(after.get(name) ?? []), then]);
}

// Put something else into the side pane: people, pins, none, or a thread by its ts.
export function beside(what) {
  where.set("side", what);
  const address = new URL(location);
  address.searchParams.set("side", what);
  history.replaceState(null, "", address);
  return refresh("aside", "sidebar");
}

// Draw these panes anew. A pane that is being fetched is fetched once more, so that the last state wins.
export function refresh(...names) {
  return Promise.all(names.filter((name) => document.getElementById(name)).map(fetchOnce));
}

function fetchOnce(name) {
  if (queued.has(name)) return queued.get(name);
  const next = (running.get(name) ?? Promise.resolve()).then(() => {
    queued.delete(name);
    running.set(name, redraw(name));
    return running.get(name);
  });
  queued.set(name, next);
  return next;
}

async function redraw(name) {
  const pane = document.getElementById(name);
  const unseen = document.hidden ? "&unseen" : "";
  const answer = await fetch(`/fragment/${name}?${where}${unseen}`).catch(() => null);
  if (!answer?.ok) return;
  const drawn = document.createElement("template");
  drawn.innerHTML = await answer.text();
  const log = name === "aside" ? () => document.querySelector("#aside [role=log]") : () => (name === "timeline" ? pane : null);
  const stays = log() && log().scrollHeight - log().scrollTop - log().clientHeight > 80;
  const fresh = drawn.content.firstElementChild;
  if (fresh?.nodeName === pane.nodeName) morph(pane, fresh);
  else if (fresh) pane.replaceWith(fresh);
  if (log() && !stays) log().scrollTop = log().scrollHeight;
  for (const then of after.get(name) ?? []) then();
}

// Do something as the person at this tab. Answers whether it went well; if not, a line says why.
export async function act(deed, asked = {}) {
  return Boolean(await answerTo(deed, asked));
}

// The same, with what the sandbox has to say to it; nothing if it did not go well.
export async function answerTo(deed, asked = {}) {
  const body = JSON.stringify(asked);
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`/do/${deed}?${where}`, { method: "POST", headers, body }).catch(() => null);
  const said = answer ? await answer.json().catch(() => ({})) : { trouble: "The sandbox does not answer." };
  if (said.trouble) notice(said.trouble);
  return answer?.ok ? said : null;
}

export function notice(words) {
  const line = document.getElementById("notice");
  line.textContent = words;
  line.showPopover();
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => line.hidePopover(), 6000);
}

// What came while nobody looked is seen once the tab is in front again.
document.addEventListener("visibilitychange", () => document.hidden || refresh("timeline"));

// Follow the workspace from what it had told when the page was drawn, also across a restart of the sandbox.
export function listen(told = document.body.dataset.told) {
  const socket = new WebSocket(`ws://${location.host}/live?${where}&told=${told}`);
  socket.onmessage = (message) => refresh(...JSON.parse(message.data));
  socket.onclose = () => setTimeout(() => listen(""), 1000);
}
