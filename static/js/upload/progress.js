import { $ } from "../lib/dom.js";
import { bytes, duration, number, percent } from "../lib/format.js";

/** How far the sending is, in words and a bar. */
export class Progress {
  /** @param {HTMLElement} root @param {import("./upload_queue.js").UploadQueue} queue */
  constructor(root, queue) {
    this.root = root;
    this.queue = queue;
  }

  draw() {
    const { queue } = this;
    const { counts, bytes: size } = queue;
    const ended = !queue.active;
    const settled = queue.items.length - counts.waiting - counts.sending;
    const share = size.total ? queue.sent / size.total : settled / Math.max(1, queue.items.length);
    $("[data-bar]", this.root).value = ended ? 1 : share;
    $("[data-title]", this.root).textContent = title(queue, share);
    $("[data-figures]", this.root).textContent = figures(queue, settled);
    const trouble = $("[data-trouble]", this.root);
    trouble.hidden = !(queue.offline || queue.problem);
    $("[data-trouble-text]", trouble).textContent = queue.problem || gettext("The server cannot be reached. Sending goes on by itself when it is back; nothing is lost.");
    const pause = $("[data-pause]", this.root);
    pause.hidden = ended;
    pause.textContent = queue.paused ? gettext("Go on") : gettext("Pause");
    $("[data-cancel]", this.root).hidden = ended;
    $("[data-retry]", this.root).hidden = !counts.failed;
    $("[data-done]", this.root).hidden = !ended;
    $("[data-done]", this.root).classList.toggle("btn-primary", ended);
  }
}

function title(queue, share) {
  const { counts } = queue;
  if (!queue.active) return counts.failed ? gettext("Ended, not all files were sent") : gettext("All files are sent");
  if (queue.paused) return gettext("Paused");
  return interpolate(gettext("Sending, %s"), [percent(Math.floor(share * 100) / 100)]);
}

function figures(queue, settled) {
  const { bytes: size, rate, items, before } = queue;
  const parts = [interpolate(gettext("%s of %s files"), [number(settled), number(items.length)]), interpolate(gettext("%s of %s"), [bytes(Math.min(queue.sent, size.total)), bytes(size.total)])];
  if (before) parts.push(interpolate(ngettext("%s had arrived before", "%s had arrived before", before), [number(before)]));
  if (queue.active && !queue.paused && !queue.offline && rate.speed) {
    const left = size.total - queue.sent;
    if (left > 0) parts.push(interpolate(gettext("%s a second"), [bytes(rate.speed)]), interpolate(gettext("%s left"), [duration(rate.secondsFor(left))]));
    else parts.push(gettext("the server is reading the last files"));
  }
  return parts.join(" · ");
}
