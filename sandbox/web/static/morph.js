// Turns an element into its newer drawing, and leaves alone what a person is in the middle of:
// focus, scroll position, open menus and dialogs. Typed values stay because browsers keep a field's
// value once it was touched, and because a field whose block or action has another id is another field.

const OURS = new Set(["style", "open", "aria-busy", "aria-expanded", "aria-activedescendant", "data-now"]);

export function morph(old, fresh) {
  if (old.dataset.touched || old.isEqualNode(fresh)) return;
  attributes(old, fresh);
  children(old, fresh);
}

function attributes(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (!OURS.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!OURS.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
}

function children(old, fresh) {
  const wanted = new Set([...fresh.children].map(key));
  for (const child of [...old.children]) if (key(child) && !wanted.has(key(child))) child.remove();
  const known = new Map([...old.children].map((child) => [key(child), child]));
  let here = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const twin = key(next) ? known.get(key(next)) : alike(here, next) && here;
    if (twin === here && here) here = here.nextSibling;
    if (twin) update(twin, next, old, here);
    else old.insertBefore(next, here);
  }
  while (here) {
    const gone = here;
    here = here.nextSibling;
    gone.remove();
  }
}

function update(twin, next, parent, before) {
  if (twin.nextSibling !== before) parent.insertBefore(twin, before);
  if (twin.nodeType === Node.TEXT_NODE) {
    if (twin.data !== next.data) twin.data = next.data;
  } else if (twin.nodeType === Node.ELEMENT_NODE) morph(twin, next);
}

function key(node) {
  return node.dataset?.key ?? node.dataset?.blockId ?? node.dataset?.actionId;
}

function alike(old, next) {
  return old && !key(old) && old.nodeName === next.nodeName && old.type === next.type;
}
