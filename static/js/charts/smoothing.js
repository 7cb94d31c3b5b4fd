/**
 * Exponential moving average, corrected for its start at zero (as Adam corrects its moments, arXiv:1412.6980).
 *
 * @param {(number|null)[]} values null stays null
 * @param {number} weight of the past, 0 (as it is) to just under 1
 * @returns {(number|null)[]}
 */
export function smooth(values, weight) {
  if (!weight) return values;
  let average = 0;
  let count = 0;
  return values.map((value) => {
    if (value == null || !Number.isFinite(value)) return null;
    count += 1;
    average = weight * average + (1 - weight) * value;
    return average / (1 - weight ** count);
  });
}

/**
 * At most about ``most`` points of a long series: evenly spaced ones, and always the last.
 *
 * @template T
 * @param {T[]} points
 * @param {number} most
 * @returns {T[]}
 */
export function thin(points, most) {
  if (points.length <= most) return points;
  const every = Math.ceil(points.length / most);
  return points.filter((_point, index) => index % every === 0 || index === points.length - 1);
}
