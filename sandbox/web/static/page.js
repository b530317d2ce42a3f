// The workspace's page: everything it shows is drawn by the sandbox, this script keeps it lively.

import { startComposer } from "./composer.js";
import { startControls } from "./controls.js";
import { startFiles } from "./files.js";
import { startJump } from "./jump.js";
import { startMessages } from "./messages.js";
import { startModals } from "./modals.js";
import { act, listen, refresh } from "./panes.js";
import { startPickers } from "./picker.js";
import { startPopups } from "./popups.js";
import { startTables } from "./tables.js";

const CLOCK = 20_000;

startPopups();
startControls();
startPickers();
startModals();
startComposer();
startTables();
startJump();
startFiles();
document.addEventListener("click", simpleDeeds);
listen();
setInterval(() => refresh("calendar", "aside"), CLOCK);

const timeline = document.getElementById("timeline");
if (timeline) timeline.scrollTop = timeline.scrollHeight;
startMessages();
if (document.body.dataset.app) act(document.body.dataset.app);

// Buttons of the page itself: the calendar's, the shortcuts, joining a channel and bringing the app into it.
function simpleDeeds(event) {
  const { move, shortcut, post } = event.target.closest("button")?.dataset ?? {};
  if (move) act("move", { move });
  if (post) act(post);
  if (shortcut) {
    const ts = event.target.closest("[data-message-ts]")?.dataset.messageTs;
    event.target.closest("[popover]").hidePopover();
    act("shortcut", { callback: shortcut, ts });
  }
}
