import { $, write } from "../lib/dom.js";
import { bytes, number, percent, roughly } from "../lib/format.js";

/** How far the sending is, in words and a bar. */
export class Progress {
  /** @param {HTMLElement} root @param {import("./upload_queue.js").UploadQueue} queue */
  constructor(root, queue) {
    this.root = root;
    this.queue = queue;
  }

  draw() {
    const { queue, root } = this;
    const { counts, bytes: size } = queue;
    const ended = !queue.active;
    const settled = queue.items.length - counts.waiting - counts.sending;
    const share = size.total ? queue.sent / size.total : settled / Math.max(1, queue.items.length);
    $("[data-bar]", root).value = ended ? 1 : share;
    write($("[data-title]", root), title(queue, share));
    write($("[data-said]", root), said(queue));
    write($("[data-figures]", root), figures(queue, settled));
    const trouble = $("[data-trouble]", root);
    trouble.hidden = !(queue.offline || queue.problem);
    write($("[data-trouble-text]", trouble), troubleOf(queue));
    const pause = $("[data-pause]", root);
    pause.hidden = ended;
    write(pause, queue.paused ? gettext("Go on") : gettext("Pause"));
    $("[data-cancel]", root).hidden = ended;
    $("[data-retry]", root).hidden = !queue.canResend;
    $("[data-done]", root).hidden = !ended;
    $("[data-done]", root).classList.toggle("btn-primary", ended);
  }
}

/** What is read aloud: that it begins, is paused, waits for the server, and ends; no percentages. */
export function said(queue) {
  const { active, paused, counts, items } = queue;
  if (!items.length) return "";
  if (!active) return ending(counts);
  if (paused) return gettext("Paused");
  if (queue.offline) return gettext("Waiting for the server");
  return interpolate(ngettext("Sending %s file", "Sending %s files", items.length), [number(items.length)]);
}

function troubleOf({ problem, offline }) {
  if (problem) return problem;
  return offline ? gettext("The server cannot be reached. Sending goes on by itself when it is back; nothing is lost.") : "";
}

function ending(counts) {
  if (counts.refused && !counts.failed && !counts.added && !counts.duplicate) return gettext("No file could be added");
  return counts.failed ? gettext("Ended, not all files were sent") : gettext("All files are sent");
}

function title(queue, share) {
  if (!queue.active) return ending(queue.counts);
  if (queue.paused) return gettext("Paused");
  return interpolate(gettext("Sending, %s"), [percent(Math.floor(share * 100) / 100)]);
}

function figures(queue, settled) {
  const { bytes: size, rate, items, before, counts } = queue;
  const parts = [interpolate(ngettext("%s of %s file", "%s of %s files", items.length), [number(settled), number(items.length)]), interpolate(gettext("%s of %s"), [bytes(Math.min(queue.sent, size.total)), bytes(size.total)])];
  if (counts.refused) parts.push(interpolate(ngettext("%s refused", "%s refused", counts.refused), [number(counts.refused)]));
  if (before) parts.push(interpolate(ngettext("%s had arrived before", "%s had arrived before", before), [number(before)]));
  if (queue.active && !queue.paused && !queue.offline && rate.speed) {
    const left = size.total - queue.sent;
    if (left > 0) parts.push(interpolate(gettext("%s a second"), [bytes(rate.speed)]), interpolate(gettext("%s left"), [roughly(rate.secondsFor(left))]));
    else parts.push(gettext("the server is reading the last files"));
  }
  return parts.join(" · ");
}
