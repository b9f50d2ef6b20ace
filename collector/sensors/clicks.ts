/**
 * Clicks by element key, and where links lead that do not end the view. A click counts at once, whatever comes of it, so that
 * one that navigates is never lost. Leaves out: how it felt (frustration.ts), clicks by scripts and in the gate's own banner.
 */
import { maxElementsPerReport, maxLinksPerReport } from "../../schema/limits.ts";
import type { AimKind } from "../../schema/site.ts";
import { elementKey } from "./element-key.ts";
import { watchFrustration } from "./frustration.ts";
import { tally } from "./tally.ts";
import type { Tools } from "./tools.ts";

/** What browsers save or hand to another program rather than show as a page. */
const fileName = /\.(pdf|docx?|xlsx?|pptx?|od[pst]|csv|epub|ics|zip|gz|7z|rar|exe|dmg|apk|mp[34]|mov)$/i;

/** Returns a function to call when something fails on the page. */
export function watchClicks(tools: Tools): () => void {
	const { guard, view, reach, cleanPath, cleanHost } = tools;
	const [judge, failed] = watchFrustration(guard);
	guard.listen<MouseEvent>(document, "click auxclick", (event) => {
		const element = event.target as HTMLInputElement;
		const part = view().interaction;
		if (!part || !event.isTrusted || element.localName.startsWith("sporlos-")) return;
		const link = element.closest<HTMLAnchorElement>("a[href],area[href]");
		// The middle button opens links, the right one only a menu.
		if (event.button > (link ? 1 : 0)) return;
		// A label's click comes again as its field's.
		if (element.closest<HTMLLabelElement>("label,a,button,input,select,textarea")?.control) return;
		// Enter in a field comes as a click on the form's button.
		const focused = document.activeElement as HTMLInputElement | null;
		if (!event.detail && element.type === "submit" && focused !== element && focused?.form === element.form) return;

		const key = elementKey(element);
		const mark = (column?: number) => tally(part, "clicks", key, maxElementsPerReport, column);
		const leads = (list: "downloads" | "outbound", kind: AimKind, name: string) => {
			tally(part, list, name, maxLinksPerReport);
			reach(kind, name);
		};
		mark();
		reach("click", key);
		judge(event, mark);
		if (!link) return;
		const { protocol, pathname, host } = link;
		const isPage = /^http/.test(protocol); // drawings have links without one
		if (link.hasAttribute("download") || (isPage && fileName.test(pathname)))
			leads("downloads", "download", cleanPath(isPage ? pathname : protocol)); // what a script made has no path
		if (isPage && host !== location.host) leads("outbound", "outbound", cleanHost(host));
	});
	return failed;
}
