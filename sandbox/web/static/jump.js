// Ctrl+K: go to a channel, to the app, or to somebody else's eyes, by the first letters of a name.

export function startJump() {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) open();
  });
  document.getElementById("jump-to")?.addEventListener("click", open);
}

function open() {
  const dialog = document.createElement("dialog");
  dialog.className = "jump";
  dialog.setAttribute("aria-label", "Jump to");
  const field = made("input", { type: "text", placeholder: "Jump to …", role: "combobox", autocomplete: "off" });
  field.setAttribute("aria-label", "Jump to");
  field.setAttribute("aria-expanded", "true");
  field.setAttribute("aria-controls", "jump-list");
  const list = made("div", { id: "jump-list", role: "listbox" });
  list.append(...places());
  dialog.append(field, list);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  field.addEventListener("input", () => narrow(field, list));
  field.addEventListener("keydown", (event) => keyed(event, field, list));
  document.body.append(dialog);
  dialog.showModal();
  narrow(field, list);
}

function places() {
  const here = [...document.querySelectorAll("#sidebar li a")].map((link) => [link, link.querySelector(".sign"), link.querySelector(".name")]);
  const people = [...document.querySelectorAll("#people a")].map((link) => [link, link.querySelector(".avatar"), link.querySelector("b")]);
  return [...here, ...people].map(([link, picture, name], number) => {
    const place = made("a", { href: link.href, role: "option", id: `jump-${number}`, tabIndex: -1 });
    const words = made("span", { textContent: name.textContent });
    const note = made("small", { textContent: picture.matches(".avatar") ? "act as" : "" });
    place.append(picture.cloneNode(true), words, note);
    return place;
  });
}

function narrow(field, list) {
  const typed = field.value.trim().toLowerCase().replace(/^[#@]/, "");
  for (const place of list.children) {
    const name = place.querySelector(".name, span:not(.sign, .avatar)").textContent.toLowerCase();
    place.hidden = !name.split(/[ -]/).some((word, at, words) => words.slice(at).join(" ").startsWith(typed.replace(/-/g, " ")));
  }
  choose(field, shown(list)[0]);
}

function keyed(event, field, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const options = shown(list);
  const at = options.findIndex((option) => option.ariaSelected === "true");
  if (step && options.length) choose(field, options.at((at + step) % options.length));
  else if (event.key === "Enter") options[at]?.click();
  else return;
  event.preventDefault();
}

function choose(field, option) {
  for (const each of field.nextSibling.children) each.ariaSelected = String(each === option);
  field.setAttribute("aria-activedescendant", option?.id ?? "");
  option?.scrollIntoView({ block: "nearest" });
}

function shown(list) {
  return [...list.children].filter((option) => !option.hidden);
}

function made(name, { role, ...properties }) {
  const element = Object.assign(document.createElement(name), properties);
  if (role) element.setAttribute("role", role);
  return element;
}
