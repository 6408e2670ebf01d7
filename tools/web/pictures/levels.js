// What each policy comes to, scenario by scenario, the baseline among them.
import { intervals } from "../drawing/intervals.js";

export function levels(picture, sheet) {
  return intervals(picture, sheet, { group: "scenario", name: "policy", zero: false });
}
