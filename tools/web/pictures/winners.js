// What a policy means for customers as they stood when the policies parted: by sales of the year before, by tier.
import { intervals } from "../drawing/intervals.js";

export function winners(picture, sheet) {
  return intervals(picture, sheet, { group: "by", name: "part", zero: true });
}
