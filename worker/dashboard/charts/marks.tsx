/** The small marks that stand beside words and figures: verdict glyphs, arrows, icons. Decoration only: words say the same. */
import type { Verdict } from "../verdict.ts";

const shapes: Record<Verdict, string> = {
	good: "M5 .5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9Z",
	needs: "M1 1h8v8H1Z",
	poor: "M5 .7 9.8 9.3H.2Z",
};

/** ● ■ ▲; hollow where there are too few measurements for a verdict. */
export function Glyph({ verdict, hollow = false }: { verdict: Verdict; hollow?: boolean }) {
	return (
		<svg class={`glyph ${hollow ? "hollow" : verdict}`} viewBox="-1 -1 12 12" width="12" height="12" aria-hidden="true">
			<path d={shapes[verdict]} />
		</svg>
	);
}

export function Arrow({ up }: { up: boolean }) {
	return (
		<svg class="arrow" viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
			<path d={up ? "M4 .5 8 7.5H0Z" : "M4 7.5 0 .5H8Z"} />
		</svg>
	);
}

const icons = {
	calendar: "M2.5 3.5h11v10h-11ZM2.5 6.5h11M5.5 2v3M10.5 2v3",
	plus: "M8 3v10M3 8h10",
	down: "M4 6l4 4 4-4",
	earlier: "M10 4l-4 4 4 4",
	later: "M6 4l4 4-4 4",
	cross: "M4 4l8 8M12 4l-8 8",
	shield: "M8 1.8 13 3.5V8c0 3-2.2 5-5 6.2C5.2 13 3 11 3 8V3.5Z",
	sign: "M8 3v6M8 12v.2",
	saved: "M4.5 2.5h7v11L8 10.7l-3.5 2.8Z",
	download: "M8 2.5v7M5 7l3 3 3-3M3 12.5h10",
} as const;

export function Icon({ name }: { name: keyof typeof icons }) {
	return (
		<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
			<path d={icons[name]} />
		</svg>
	);
}

export function Logo() {
	return (
		<svg class="logo" viewBox="0 0 22 16" width="22" height="16" aria-hidden="true">
			<path class="peak" d="M2 13 8 3l4 6 2.5-3.5L20 13" />
			<path class="shore" d="M1.5 14.5h19" />
		</svg>
	);
}
