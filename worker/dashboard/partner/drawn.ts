/** What every part of a partner's page is drawn with, and how intervals are written there. */
import type { Interval } from "../../release/interval.ts";
import type { Format, Language } from "../format.ts";
import type { Messages } from "../messages/nb.ts";
import type { PartnerSource } from "./source.ts";
import type { PartnerView } from "./view.ts";
import type { PartnerWords } from "./words.ts";

/** What every part is drawn with. */
export interface Drawn {
	source: PartnerSource;
	view: PartnerView;
	language: Language;
	words: PartnerWords;
	/** The dashboard's words: names of channels, devices, vitals. */
	text: Messages;
	format: Format;
}

/** Both ends of a count. */
export const countEnds = ({ low, high }: Interval, { format }: Drawn) => `${format.count(low)}–${format.count(high)}`;
/** Both ends of a share, the sign once. */
export function shareEnds({ low, high }: Interval, { format }: Drawn): string {
	return `${format.count(Math.round(low * 100))}–${format.percent(high)}`;
}
