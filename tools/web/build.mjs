// Bundles the script of a report: node build.mjs SCRIPT.js [SCRIPT.cpp], the second as a function of C++.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [script, source] = process.argv.slice(2);
const most_bytes = 450_000;

await build({
  entryPoints: [join(dirname(fileURLToPath(import.meta.url)), "main.js")],
  outfile: script,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  charset: "ascii", // so that no server's and no mail program's idea of an encoding can spoil it
  legalComments: "none", // in their place, with both licences named:
  banner: { js: "/* Drawn with Observable Plot (ISC, (c) Observable) and D3 (ISC, (c) Mike Bostock). */" },
  logLevel: "warning",
});

/// Short raw strings side by side: compilers join them, and no limit of theirs is near.
function asFunction(text) {
  const parts = text.match(/[^]{1,12000}/g).map((part) => `R"script(${part})script"`);
  return `#include "tools/clientele/report/script.hpp"

std::string_view clientele::tools::report_script() {
  static constexpr char text[] =
${parts.join("\n")};
  return {text, sizeof text - 1};
}

std::string_view clientele::tools::report_script_hash() {
  return "sha256-${createHash("sha256").update(text).digest("base64")}";
}
`;
}

/// esbuild leaves regular expressions as they are; an escape means the same there.
const text = readFileSync(script, "utf8").replaceAll(
  /[^\x00-\x7f]/g,
  (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
);
writeFileSync(script, text);
if (text.length > most_bytes) throw new Error(`the script has ${text.length} bytes; ${most_bytes} are enough`);
if (/[^\n\x20-\x7e\t]|<\/script|<!--|\)script"/i.test(text)) {
  throw new Error("the script holds what would end it inside a page or a string");
}
if (source) writeFileSync(source, asFunction(text));
