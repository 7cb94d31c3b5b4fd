/**
 * What one reaches without looking at the images: by always saying the most frequent class, and for figures that need
 * probabilities by always saying how frequent each class is.
 *
 * @param {any} section of metrics.json: one split
 * @returns {Record<string, number>} by the name of the figure
 */
export function baselinesOf(section) {
  return "mean_average_precision" in section ? ofSeveral(section) : ofOne(section);
}

function ofOne({ per_class, top_k, baseline }) {
  const total = per_class.reduce((sum, { support }) => sum + support, 0);
  const shares = per_class.map(({ support }) => support / total).sort((a, b) => b - a);
  const [largest] = shares;
  const f1 = (2 * largest) / (1 + largest); // precision is its share, recall is 1
  return {
    accuracy: baseline.accuracy,
    macro_f1: f1 / shares.filter(Boolean).length,
    weighted_f1: f1 * largest,
    top_k: top_k ? shares.slice(0, top_k.k).reduce((sum, share) => sum + share, 0) : 0,
    loss: -shares.reduce((sum, share) => sum + (share ? share * Math.log(share) : 0), 0),
  };
}

function ofSeveral({ per_class, count, baseline }) {
  const there = per_class.filter(({ support }) => support);
  return {
    accuracy: baseline.accuracy,
    mean_average_precision: there.reduce((sum, { support }) => sum + support / count, 0) / (there.length || 1),
  };
}
