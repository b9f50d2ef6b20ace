/** The dashboard's script: live figures, a reading line on the timeline, menus that close, keys, pictures, passkeys. All else works without it. */
import { listenForKeys } from "./keys.ts";
import { followLive } from "./live.ts";
import { closeMenus } from "./menus.ts";
import { offerPasskeys } from "./passkeys.ts";
import { offerPictures } from "./pictures.ts";
import { addReadingLine } from "./reading-line.ts";

closeMenus();
listenForKeys();
offerPictures();
addReadingLine();
followLive(addReadingLine);
offerPasskeys();
