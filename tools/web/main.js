// Draws every picture of a report into its place, anew when the page gets wider, narrower or printed.
import { styleSheet } from "./drawing/colours.js";
import { sheetOf } from "./drawing/sheet.js";
import { offerFiles } from "./files.js";
import { renderers } from "./pictures.js";

/// A4 less its margins, in CSS pixels: what is printed is drawn this wide at most.
const printed_width = 680;

function draw(place, picture, page, width) {
  const renderer = renderers.get(picture.drawn);
  if (!renderer) throw new Error(`nothing draws "${picture.drawn}"`);
  place.replaceChildren(renderer(picture, sheetOf(width, page)));
}

/// One that cannot be drawn leaves its table open, and the others are drawn all the same.
function drawOrShowTable(place, picture, page, width) {
  try {
    draw(place, picture, page, width);
  } catch (problem) {
    console.error(`picture ${picture.id}: ${problem.message}`);
    place.replaceChildren();
    place.closest("figure")?.querySelector("details")?.setAttribute("open", "");
  }
}

/// Keeps the picture as wide as its place; gives what draws it for the first time.
function follow(place, picture, page) {
  let drawn_width = 0;
  const redraw = (wanted) => {
    const width = Math.max(240, Math.floor(wanted));
    if (width === drawn_width) return;
    drawn_width = width;
    drawOrShowTable(place, picture, page, width);
  };
  const fit = () => redraw(place.clientWidth);
  let waiting = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(fit);
  });
  addEventListener("beforeprint", () => redraw(Math.min(printed_width, place.clientWidth || printed_width)));
  addEventListener("afterprint", fit);
  return () => {
    fit();
    observer.observe(place);
  };
}

/// One after the other, so that the page's text stands before the first and can be scrolled before the last.
function inTurn(drawings) {
  const [first, ...others] = drawings;
  if (!first) {
    document.documentElement.dataset.pictures = "drawn";
    return;
  }
  first();
  setTimeout(() => inTurn(others));
}

function start() {
  const page = JSON.parse(document.getElementById("pictures").textContent);
  const style = document.createElement("style");
  style.textContent = styleSheet;
  document.head.append(style);
  const drawings = [];
  for (const place of document.querySelectorAll(".drawing[data-picture]")) {
    const picture = page.pictures.find((one) => one.id === place.dataset.picture);
    if (!picture) continue;
    drawings.push(follow(place, picture, page));
    offerFiles(place, picture, page);
  }
  requestAnimationFrame(() => setTimeout(() => inTurn(drawings)));
}

start();
