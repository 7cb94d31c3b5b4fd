/**
 * What is said to a person of a job of theirs that has ended.
 * @param {{title: string, status: string, error: string, summary: string, remark: {tone: string, text: string}|null}} job
 * @returns {{kind: "success"|"info"|"error", text: string}}
 */
export function noticeOf({ title, status, error, summary, remark }) {
  const failed = status === "failed" || remark?.tone === "danger";
  if (failed) return { kind: "error", text: `${title}: ${error || [remark?.text, summary].filter(Boolean).join(", ")}` };
  if (remark) return { kind: "info", text: [`${remark.text}: ${title}`, summary, error].filter(Boolean).join(" · ") };
  return { kind: "success", text: [interpolate(gettext("Done: %s"), [title]), summary].filter(Boolean).join(" · ") };
}
