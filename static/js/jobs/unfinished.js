const UNFINISHED = new Set(["queued", "running"]);

/** Whether a worker has still to do with a job. Runs have statuses of their own: training/run_status.js. */
export const isUnfinished = ({ status }) => UNFINISHED.has(status);
