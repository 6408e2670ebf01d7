// What each policy differs from the baseline, scenario by scenario, and how sure that is.
import { intervals } from "../drawing/intervals.js";

export function forest(picture, sheet) {
  return intervals(picture, sheet, { group: "scenario", name: "policy", aside: "better", zero: true });
}
