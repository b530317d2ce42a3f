// Fields for files: each is handed over as it is chosen, and stands there as a token.

import { notice, where } from "./panes.js";
import { tokenOf } from "./picker.js";

export function startFiles() {
  document.addEventListener("change", (event) => {
    if (event.target.matches(".files input")) take(event.target);
  });
  document.addEventListener("click", (event) => {
    const remove = event.target.closest(".files .token button");
    if (!remove) return;
    remove.closest(".control").dataset.touched = "true";
    remove.closest(".token").remove();
  });
}

async function take(field) {
  const box = field.closest(".files");
  box.closest(".control").dataset.touched = "true";
  const room = Number(box.dataset.most) - box.querySelectorAll(".token").length;
  if (field.files.length > room) notice(`There is room for ${box.dataset.most} here.`);
  for (const file of [...field.files].slice(0, room)) {
    const kept = await handOver(file);
    if (kept) field.before(tokenOf(kept.id, kept.name));
  }
  field.value = "";
}

async function handOver(file) {
  const asked = new URLSearchParams({ as: where.get("as"), name: file.name });
  const answer = await fetch(`/upload?${asked}`, { method: "POST", body: file }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (!answer?.ok) notice(said?.trouble ?? "The file did not arrive.");
  return answer?.ok ? said : null;
}
