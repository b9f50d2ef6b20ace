/** The banner's colours as a rule of its own style sheet. Leaves out checking what a site sets: that is banner.ts. */
import type { BannerColours } from "./banner.ts";

export const light = { text: "#15201e", background: "#ffffff", action: "#1f4e8c", onAction: "#ffffff" };
export const dark = { text: "#e9eeec", background: "#151d1b", action: "#7fb0ee", onAction: "#0b1b30" };

/** A site's colours hold on a dark screen too, unless it has others there. */
export function bannerStyle({ colours, darkColours = colours }: BannerColours = {}): string {
	const [day, night] = [colours ?? light, darkColours ?? dark];
	const rules = (Object.keys(light) as (keyof typeof light)[]).map(
		(part) => `--${part}:light-dark(${day[part]},${night[part]})`,
	);
	return `:host{${rules.join(";")}}`;
}
