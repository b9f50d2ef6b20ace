/**
 * The box in which the site's owner takes a picture of the page, opened by a link from the dashboard and in no other way. Never by
 * itself: nothing is taken before the button is pressed. Leaves out what a picture holds (take.ts), and whether the link is good.
 */
import { isWidthOf, type PictureDevice, pictureDevices, pictureWord, widthsOf } from "../../schema/picture-limits.ts";
import { make, openFrame } from "../debug/frame.ts";
import type { PageView } from "../page-view.ts";
import { pageWidth, takePicture } from "./take.ts";
import { words } from "./words.ts";

interface BoxFacts {
	endpoint: string;
	site: string;
	signal: AbortSignal;
	view(): PageView;
}

/** The link works once: nobody shall bookmark it, and no other script on the page shall read it from here on. */
function tidyAddress(): void {
	const url = new URL(location.href);
	url.searchParams.delete(pictureWord);
	if (url.hash.startsWith(`#${pictureWord}`)) url.hash = "";
	history.replaceState(history.state, "", url);
}

export function openBox({ endpoint, site, signal, view }: BoxFacts, name: string, token: string): void {
	tidyAddress();
	const device: PictureDevice = pictureDevices.find((known) => known === name) ?? "desktop";
	const { from, below } = widthsOf[device];
	const [host, box] = openFrame("sporlos-picture");
	const width = make("p");
	const take = make("button", words.take) as HTMLButtonElement;
	const close = make("button", words.close) as HTMLButtonElement;
	const state = make("p");
	state.role = "status";
	box.append(
		make("h2", words.title),
		make("p", words.asked(words.devices[device], from, below)),
		width,
		make("p", words.what),
		make("p", words.before),
		take,
		" ",
		close,
		state,
	);

	const measure = () => {
		width.textContent = words.width(pageWidth());
		take.disabled = !isWidthOf(device, pageWidth());
	};
	const ended = new AbortController();
	const end = () => {
		ended.abort();
		host.remove();
	};
	addEventListener("resize", measure, { signal: ended.signal });
	signal.addEventListener("abort", end, { signal: ended.signal });
	close.onclick = end;
	const send = async () =>
		fetch(`${endpoint}/v1/sites/${site}/pictures`, {
			method: "POST",
			body: JSON.stringify({ token, page: view().page, picture: takePicture() }),
			credentials: "omit",
		});
	take.onclick = async () => {
		take.disabled = true;
		state.textContent = words.sending;
		const answer = await send().catch(() => undefined);
		state.textContent = answer?.ok ? words.done : answer?.status === 403 ? words.refused : words.failed;
		if (answer?.ok) take.remove();
		else measure();
	};
	measure();
}
