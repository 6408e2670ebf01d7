// Finds places for names beside points, so that none covers another name, a point or its cross.
import { cut, widthOf } from "./names.js";

const text_height = 15;

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/// Places to try, nearest first: beside the arms of a point's cross, on them, then further away.
function* places(x, y, width) {
  for (const distance of [10, 22, 36, 52, 70, 90, 112]) {
    for (const [dx, dy] of [
      [0.7, -1],
      [0.7, 1],
      [-0.7, -1],
      [-0.7, 1],
      [1, 0],
      [-1, 0],
      [0, -1],
      [0, 1],
    ]) {
      const anchor = dx > 0 ? "start" : dx < 0 ? "end" : "middle";
      const at_x = x + dx * distance;
      const at_y = y + dy * distance;
      const left = anchor === "start" ? at_x : anchor === "end" ? at_x - width : at_x - width / 2;
      yield {
        anchor,
        at_x,
        at_y,
        led: distance > 22,
        box: { left, right: left + width, top: at_y - text_height / 2, bottom: at_y + text_height / 2 },
      };
    }
  }
}

/// Each point with {text, anchor, at_x, at_y, led}, in the axes' units; where no place is free, the first one is taken.
export function placedNames(points, x_domain, y_domain, width, height) {
  const across = (value) => ((value - x_domain[0]) / (x_domain[1] - x_domain[0])) * width;
  const down = (value) => height - ((value - y_domain[0]) / (y_domain[1] - y_domain[0])) * height;
  const taken = points.flatMap((one) => {
    const [x, y] = [across(one.x), down(one.y)];
    return [
      { left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 },
      { left: across(one.x_low ?? one.x), right: across(one.x_high ?? one.x), top: y - 1, bottom: y + 1 },
      { left: x - 1, right: x + 1, top: down(one.y_high ?? one.y), bottom: down(one.y_low ?? one.y) },
    ];
  });
  return points.map((one) => {
    const text = cut(one.name, Math.min(180, width * 0.4));
    const candidates = [...places(across(one.x), down(one.y), widthOf(text) + 2)];
    const inside = candidates.filter(
      ({ box }) => box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height,
    );
    const place = inside.find(({ box }) => !taken.some((other) => overlap(box, other))) ?? inside[0] ?? candidates[0];
    taken.push(place.box);
    return {
      ...one,
      text,
      anchor: place.anchor,
      led: place.led,
      at_x: x_domain[0] + (place.at_x / width) * (x_domain[1] - x_domain[0]),
      at_y: y_domain[0] + ((height - place.at_y) / height) * (y_domain[1] - y_domain[0]),
    };
  });
}
