// Which file draws which kind of picture: the word that a picture calls `drawn`, in the order of the alphabet.
import { bars } from "./pictures/bars.js";
import { chance } from "./pictures/chance.js";
import { course } from "./pictures/course.js";
import { curve } from "./pictures/curve.js";
import { flows } from "./pictures/flows.js";
import { forest } from "./pictures/forest.js";
import { frontier } from "./pictures/frontier.js";
import { groups } from "./pictures/groups.js";
import { levels } from "./pictures/levels.js";
import { regret } from "./pictures/regret.js";
import { tiers } from "./pictures/tiers.js";
import { tornado } from "./pictures/tornado.js";
import { waterfall } from "./pictures/waterfall.js";
import { whale } from "./pictures/whale.js";
import { winners } from "./pictures/winners.js";

/// Each takes a picture and the sheet that it is drawn on, and gives an SVG.
export const renderers = new Map(
  Object.entries({
    bars,
    chance,
    course,
    curve,
    flows,
    forest,
    frontier,
    groups,
    levels,
    regret,
    tiers,
    tornado,
    waterfall,
    whale,
    winners,
  }),
);
