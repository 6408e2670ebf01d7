// What a reader would see amiss: text over text, text cut off, a page wider than its window, too little contrast.

/// Texts that overlap or leave their drawing, and whether the page scrolls sideways.
export function crowding(page) {
  return page.evaluate(() => {
    const faults = [];
    const excess = document.documentElement.scrollWidth - innerWidth;
    if (excess > 0) faults.push(`the page is ${excess} pixels too wide`);
    for (const svg of document.querySelectorAll(".drawing svg")) {
      const id = svg.closest(".drawing").dataset.picture;
      const frame = svg.getBoundingClientRect();
      const boxes = [...svg.querySelectorAll("text")]
        .map((text) => ({ text: text.firstChild?.nodeValue ?? text.textContent, box: text.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0);
      for (const { text, box } of boxes) {
        if (box.left < frame.left - 1.5 || box.right > frame.right + 1.5) faults.push(`${id}: "${text}" is cut off`);
      }
      boxes.forEach(({ text, box }, n) => {
        for (const other of boxes.slice(n + 1)) {
          const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
          const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
          if (across > 1 && down > 4) faults.push(`${id}: "${text}" and "${other.text}" overlap`);
        }
      });
    }
    return faults;
  });
}

/// The least contrast of a picture's text to the page, as WCAG counts it.
export function leastContrast(page) {
  return page.evaluate(() => {
    const pen = document.createElement("canvas").getContext("2d");
    const luminance = (colour) => {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((byte) => {
        const share = byte / 255;
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const probe = document.createElement("div");
    probe.style.backgroundColor = "Canvas";
    document.body.append(probe);
    const bodies = getComputedStyle(document.body).backgroundColor;
    const paper = luminance(bodies === "rgba(0, 0, 0, 0)" ? getComputedStyle(probe).backgroundColor : bodies);
    probe.remove();
    const contrasts = [...document.querySelectorAll(".drawing svg text")].map((text) => {
      const ink = luminance(getComputedStyle(text).fill);
      return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    });
    return Math.min(...contrasts);
  });
}
