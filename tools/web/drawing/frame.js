// One drawing: Plot's marks, a legend above them, the axes' names, and what a machine needs to read the marks back.
import { plot } from "@observablehq/plot";
import { svg, textAt } from "./elements.js";
import { cut, plain, widthOf } from "./names.js";

const line_height = 18;

/// Puts `data-mark` on what a mark drew and `data-row` on each of its parts: the rows of the table that it shows.
export function marked(name, records) {
  return {
    render(index, scales, values, dimensions, context, next) {
      const drawn = next(index, scales, values, dimensions, context);
      if (!drawn) return drawn;
      drawn.dataset.mark = name;
      for (const part of drawn.children) {
        const at = [part.__data__].flat();
        if (at.every((one) => records[one])) part.dataset.row = at.map((one) => records[one].row).join(" ");
      }
      return drawn;
    },
  };
}

function key(item, x, y) {
  const middle = y - 4;
  if (item.shape === "line") {
    return svg("line", {
      x1: x,
      x2: x + 24,
      y1: middle,
      y2: middle,
      stroke: item.colour,
      "stroke-width": item.thick ?? 2,
      "stroke-dasharray": item.dashes,
    });
  }
  if (item.shape === "dot") return svg("circle", { cx: x + 12, cy: middle, r: 4, fill: item.colour });
  if (item.shape === "frame") {
    return svg("rect", {
      x: x + 1,
      y: middle - 6,
      width: 22,
      height: 12,
      fill: "none",
      stroke: item.colour,
      "stroke-width": 2.5,
    });
  }
  if (item.shape === "mark") return textAt(x + 12, y, item.letter, "", { "text-anchor": "middle" });
  return svg("rect", {
    x,
    y: middle - 6,
    width: 24,
    height: 12,
    fill: item.colour,
    "fill-opacity": item.opacity,
    stroke: item.edge,
  });
}

/// The legend and the name of the vertical axis as lines above the drawing: {height, parts}.
function above(width, legend, title) {
  const parts = [];
  let x = 0;
  let y = 12;
  for (const item of legend) {
    const text = cut(item.text, width - 40);
    const needed = 30 + widthOf(text) + 18;
    if (x > 0 && x + needed - 18 > width) {
      x = 0;
      y += line_height;
    }
    parts.push(key(item, x, y), textAt(x + 30, y, text, plain(item.text)));
    x += needed;
  }
  if (title) {
    if (legend.length) y += line_height + 4;
    const text = cut(title, width);
    parts.push(textAt(0, y, text, title, { "fill-opacity": 0.75 }));
  }
  return { height: legend.length || title ? y + 10 : 0, parts };
}

/// The drawing. `height` is that of the marks' part; `margins` are {left, right, top, bottom} around it. `legend` is a
/// list of {shape, colour, text, ...}, `across` and `up` name the axes, `definitions` are hatchings.
export function framed(
  sheet,
  picture,
  { height, margins, legend = [], across = "", up = "", definitions = [], ...options },
) {
  const head = above(sheet.width, legend, up);
  const foot = across ? 20 : 0;
  const made = plot({
    width: sheet.width,
    height: head.height + margins.top + height + margins.bottom + foot,
    marginLeft: margins.left,
    marginRight: margins.right,
    marginTop: head.height + margins.top,
    marginBottom: margins.bottom + foot,
    style: {
      background: "transparent",
      color: "currentColor",
      fontSize: "12px",
      fontFamily: "system-ui, sans-serif",
      overflow: "hidden",
    },
    ...options,
  });
  made.prepend(svg("defs", {}, definitions.filter(Boolean)));
  made.append(svg("g", { "data-mark": "legend" }, head.parts));
  if (across) {
    const middle = (margins.left + sheet.width - margins.right) / 2;
    const text = cut(across, sheet.width - 8);
    const half = widthOf(text) / 2;
    const x = Math.min(Math.max(middle, half + 4), sheet.width - half - 4);
    made.append(
      textAt(x, made.getAttribute("height") - 6, text, across, {
        "text-anchor": "middle",
        "fill-opacity": 0.75,
        "data-mark": "across",
      }),
    );
  }
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", picture.alternative || picture.title);
  for (const name of ["x", "y"]) {
    const scale = made.scale(name);
    if (scale?.domain && scale.type === "linear") {
      made.dataset[name] = JSON.stringify({ domain: [...scale.domain], range: [...scale.range] });
    }
  }
  return made;
}
