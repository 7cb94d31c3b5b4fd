const SETTLED = new Set(["added", "duplicate", "refused"]);

/** The files of an upload page, how many have which status, and how many bytes are done. */
export class FileList extends EventTarget {
  constructor() {
    super();
    /** @type {any[]} */
    this.items = [];
    this.counts = { waiting: 0, sending: 0, added: 0, duplicate: 0, refused: 0, failed: 0 };
    this.bytes = { total: 0, done: 0 };
  }

  get active() {
    return this.counts.waiting + this.counts.sending > 0;
  }

  /** A line of the report; members of a ZIP have no file of their own. */
  insert(item) {
    this.items.push(item);
    this.counts[item.status] += 1;
    this.bytes.total += item.size;
    return item;
  }

  mark(item, status, fields = {}) {
    this.counts[item.status] -= 1;
    this.counts[status] += 1;
    Object.assign(item, fields, { status });
    if (SETTLED.has(status)) item.file = item.handle = null; // nothing keeps ten thousand files open
  }

  end(item, status, reason, id = null) {
    this.mark(item, status, { reason, id, sent: item.size, counted: true });
    this.bytes.done += item.size;
  }

  fail(batch, reason) {
    for (const item of batch) if (item.status === "sending") this.end(item, "failed", reason);
  }

  /** Lines for what could not even be read; choosing the same again adds none. @param {{path: string, reason: string}[]} failures */
  unread(failures) {
    const known = new Set(this.items.filter((item) => item.unread).map((item) => item.path));
    for (const { path, reason } of failures) {
      if (!known.has(path)) this.insert({ file: null, path, size: 0, status: "failed", reason, id: null, sent: 0, unread: true });
    }
    this.tell();
  }

  /** Failed files of which there is still something to send. */
  get resendable() {
    return this.counts.failed ? this.items.filter(isResendable) : [];
  }

  get canResend() {
    return this.counts.failed > 0 && this.items.some(isResendable);
  }

  /** Take failed files back among those that wait. @returns {any[]} */
  reopenFailed() {
    const failed = this.resendable;
    for (const item of failed) {
      if (item.counted) this.bytes.done -= item.size;
      this.mark(item, "waiting", { reason: "", sent: 0, counted: false, location: "" });
    }
    return failed;
  }

  /** Lines for what a ZIP held. */
  members(item, results) {
    for (const each of results) {
      this.insert({ file: null, path: `${item.path} › ${each.name}`, size: 0, status: each.status, reason: each.reason, id: each.id, sent: 0 });
    }
    this.tell();
  }

  /** What is sent of a batch belongs to its files in turn. */
  share(batch, loaded) {
    for (const item of batch) {
      item.sent = Math.max(0, Math.min(item.size, loaded));
      loaded -= item.size;
    }
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }
}

const isResendable = (item) => item.status === "failed" && Boolean(item.file || item.handle);
