/** The dashboard's script: live figures, a reading line on the timeline, menus that close, passkeys. All else works without it. */
import { followLive } from "./live.ts";
import { closeMenus } from "./menus.ts";
import { offerPasskeys } from "./passkeys.ts";
import { addReadingLine } from "./reading-line.ts";

closeMenus();
addReadingLine();
followLive(addReadingLine);
offerPasskeys();
