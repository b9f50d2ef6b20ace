/** The dashboard's script: live figures, a reading line on the timeline, menus that close, passkeys, a try of this browser. All else works without it. */
import { followLive } from "./live.ts";
import { closeMenus } from "./menus.ts";
import { offerPasskeys } from "./passkeys.ts";
import { probeFiles } from "./probe.ts";
import { addReadingLine } from "./reading-line.ts";

/** What the script adds to a page's content, whenever that is new. */
function enliven(): void {
	addReadingLine();
	void probeFiles();
}

closeMenus();
enliven();
followLive(enliven);
offerPasskeys();
