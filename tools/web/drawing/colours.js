// The colours of pictures: those of Okabe and Ito, which the colour-blind tell apart, and hatching for gray print.
import { svg } from "./elements.js";

/// On white, which swallows their yellow; the dark ones are lighter on black.
export const lightColours = {
  blue: "#0072b2",
  vermillion: "#d55e00",
  green: "#009e73",
  purple: "#b5568f",
  orange: "#e69f00",
  sky: "#56b4e9",
  gray: "#767676",
  ink: "#000000",
  paper: "#ffffff",
};
const darkColours = {
  ...lightColours,
  blue: "#4aa8e0",
  vermillion: "#f08040",
  green: "#2fc79b",
  purple: "#d58bb9",
  gray: "#9a9a9a",
  ink: "#ffffff",
  paper: "#121212",
};

const declared = (colours) =>
  Object.entries(colours)
    .map(([name, value]) => `--picture-${name}:${value}`)
    .join(";");

/// What is printed is light, whatever the screen is.
export const styleSheet = `:root{${declared(lightColours)}}
@media (prefers-color-scheme:dark){:root{${declared(darkColours)}}}
@media print{:root{${declared(lightColours)}}}
.drawing svg{display:block;max-width:100%;height:auto}
@media print{.save{display:none}}`;

export const colour = Object.fromEntries(Object.keys(lightColours).map((name) => [name, `var(--picture-${name})`]));

const order = ["blue", "orange", "green", "purple", "sky", "vermillion", "gray"];
const dashes = ["", "7 3", "2 3", "10 3 2 3", "1 2"];
const symbols = ["circle", "square", "triangle", "diamond", "cross", "star", "wye"];

/// The n-th of things that stand side by side: no two of 35 have the same colour and dashes.
export function series(n) {
  return {
    colour: colour[order[n % order.length]],
    dashes: dashes[(n + Math.floor(n / order.length)) % dashes.length],
    symbol: symbols[n % symbols.length],
  };
}

// Strokes in a tile of 8 by 8; none is plain.
const hatches = [
  "",
  "M0,8L8,0M-2,2L2,-2M6,10L10,6",
  "M2,2h1M6,6h1",
  "M0,4H8",
  "M0,0L8,8M-2,6L2,10M6,-2L10,2",
  "M4,0V8",
  "M0,4H8M4,0V8",
];
let patterns = 0;

/// The n-th filling: {fill, definition}; the definition goes into the drawing.
export function hatching(n, base = series(n).colour) {
  const strokes = hatches[n % hatches.length];
  if (!strokes) return { fill: base, definition: null };
  const id = `picture-hatching-${++patterns}`;
  const definition = svg("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" }, [
    svg("rect", { width: 8, height: 8, fill: base }),
    svg("path", { d: strokes, stroke: colour.ink, "stroke-width": 1.2, "stroke-opacity": 0.55, fill: "none" }),
  ]);
  return { fill: `url(#${id})`, definition };
}
