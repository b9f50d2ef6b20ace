/** The dashboard's script: live figures, a reading line on the timeline, menus that close. All of the page works without it. */
import { followLive } from "./live.ts";
import { closeMenus } from "./menus.ts";
import { addReadingLine } from "./reading-line.ts";

closeMenus();
addReadingLine();
followLive(addReadingLine);
