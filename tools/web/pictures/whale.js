// How much of the whole value the best customers bring, the best ones first.
import { line, ruleY } from "@observablehq/plot";
import { curves } from "../drawing/curves.js";

export function whale(picture, sheet) {
  return curves(picture, sheet, {
    x: "share_customers",
    y: "share_value",
    curve: "linear",
    from: [0, 1],
    extra: () => [
      ruleY([1], { stroke: "currentColor", strokeOpacity: 0.5 }),
      line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: "currentColor", strokeOpacity: 0.4, strokeDasharray: "3 4" },
      ),
    ],
  });
}
