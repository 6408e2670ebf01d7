// A grid and two axes with numbers, behind whatever is drawn in a plane of two numbers.
import { axisX, axisY, gridX, gridY } from "@observablehq/plot";

/// Of two axes as drawing/numbers.js makes them.
export function gridAndAxes(x, y) {
  return [
    gridX(x.ticks, { stroke: "currentColor", strokeOpacity: 0.1 }),
    gridY(y.ticks, { stroke: "currentColor", strokeOpacity: 0.1 }),
    axisX(x.ticks, { tickFormat: x.write, label: null, tickSize: 3, tickPadding: 3 }),
    axisY(y.ticks, { tickFormat: y.write, label: null, tickSize: 0, tickPadding: 6 }),
  ];
}
