// What a policy means for each group of customers.
import { intervals } from "../drawing/intervals.js";

export function groups(picture, sheet) {
  return intervals(picture, sheet, { group: "policy", name: "group", zero: true });
}
