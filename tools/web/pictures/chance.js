// How likely it is that a result stays below an amount, policy by policy.
import { ruleX } from "@observablehq/plot";
import { curves } from "../drawing/curves.js";

export function chance(picture, sheet) {
  return curves(picture, sheet, {
    x: "amount",
    y: "share",
    curve: "step-after",
    from: [0],
    extra: ({ x }) =>
      x.domain[0] <= 0 && x.domain[1] >= 0 ? [ruleX([0], { stroke: "currentColor", strokeOpacity: 0.7 })] : [],
  });
}
