/** What the pages say of keys, steps in time and pictures. The words of the help stand with it (islands/key-help.ts): few ask for it. */
import type { Language } from "../format.ts";

const nb = {
	earlier: "Tidligere tidsrom",
	later: "Senere tidsrom",
	help: "Hurtigtaster",
	picture: "Last ned som bilde",
};
const en: typeof nb = {
	earlier: "Earlier dates",
	later: "Later dates",
	help: "Keyboard shortcuts",
	picture: "Download as picture",
};
export const keyWords: Record<Language, typeof nb> = { nb, en };
