/** Tell the page that long work has begun or ended by what a person did here: notices and the count look at once. */
export function jobsChanged() {
  document.dispatchEvent(new CustomEvent("jobs-changed"));
}
