/** What the panel speaks: a file for each, of which a visitor loads one. Leaves out the words. */
import type { noticeLanguages } from "../../../schema/policy.ts";

/** The first is for pages in any other language, where the site has no notice. */
export const panelLanguages: (typeof noticeLanguages)[number][] = ["en", "nb", "nn", "sv", "da", "de", "fr", "es"];
