/**
 * What makes a click a sign of frustration: one of a burst on one place (rage), nothing came of it (dead), something failed
 * right after it. Told by what the page does, not by what the element is called: whoever clicks a stepper or "next" three
 * times is answered each time. No timers: the first sign of life is noted, and judged when the visitor goes on. In doubt for
 * the page; one that changes all the time by itself has neither rage nor dead clicks. Leaves out: clicks in canvases, videos
 * and components; what a button elsewhere changes in one of these cannot be seen from here.
 */
import type { Guard } from "../safely.ts";
import { observe } from "./observe.ts";
import { isOwnRequest } from "./own-requests.ts";

/** PostHog's rule: three clicks, each this close to the one before it in time and place. */
const burstClicks = 3;
const burstMs = 1_000;
const burstPx = 30;
/** Ten seconds lose a visitor, one breaks the train of thought (Nielsen); between them lies most of what a slow network does. */
const deadMs = 2_000;
/** An error this soon after a click is blamed on it. */
const failureMs = 1_000;
/** Handlers that take longer have asked the visitor something, or worked. */
const dialogMs = 300;

/** Columns of a line of clicks in the report. */
const rage = 2;
const dead = 3;
const afterError = 4;

/** Clicked often and for good reason, or rightly without effect. */
const unjudged = "input,select,textarea,video,audio,canvas,[contenteditable],[aria-current],[aria-selected=true]";
/** Signs that the page or the browser does what it was asked for, beside changes of the document and requests. */
const answers = "scroll input submit invalid toggle play pause fullscreenchange beforeprint blur";

type Mark = (column: number) => void;

export function watchFrustration(guard: Guard): [clicked: (event: MouseEvent, mark: Mark) => void, failed: () => void] {
	// Instants of performance.now().
	let pressed = 0;
	let answered = 0;
	/** The latest click, when it was pressed, and how many there were in a row. */
	let latest = { timeStamp: 0 } as MouseEvent;
	let began = 0;
	let burst = 0;
	let focused: Element | null;
	let blamed: Mark | undefined;
	let waiting: Mark | undefined;

	/** The first sign of life after a press; `since`: when it began, where it is seen later. */
	const answer = (since = 0) => {
		if (answered < pressed) answered = since > pressed ? since : performance.now();
		changes.disconnect();
	};
	// Only from a press to the next change, so that it costs nothing where nobody clicks.
	const changes = new MutationObserver(guard.safely(() => answer()));
	guard.signal.addEventListener("abort", () => changes.disconnect());
	// Not what the browser asks for by itself (a change behind # makes it look for the page's icon), nor what we do.
	observe<PerformanceResourceTiming>(guard, ["resource"], (entries) => {
		const asked = entries.find(({ initiatorType, name }) => /^(fetch|xml)/.test(initiatorType) && !isOwnRequest(name));
		if (asked) answer(asked.startTime);
	});
	// An element loses focus by the press itself, the window by what a click opens.
	guard.listen(window, answers, ({ type, target }) => (type !== "blur" || target === window) && answer());
	// Without the Navigation API a slow navigation looks like nothing. A link to "#" alone leads nowhere.
	const { navigation } = window;
	guard.listen<NavigateEvent>(navigation ?? window, "navigate", (event) => {
		if (!event.destination.url.endsWith("#")) answer();
	});

	const isFree = () => getSelection()?.isCollapsed;
	guard.listen(window, "pointerdown keydown wheel visibilitychange", () => {
		const silentMs = (answered < pressed ? performance.now() : answered) - latest.timeStamp;
		// Following a link takes the focus away. Asked last, because the selection may need layout.
		const isStill = () => [focused, document.body].includes(document.activeElement) && isFree();
		if (silentMs > deadMs && waiting && isStill()) waiting(dead);
		waiting = undefined;
		pressed = performance.now();
		changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
	});

	return [
		(event, mark) => {
			const { target, timeStamp, detail, clientX, clientY } = event;
			const element = target as Element;
			const control = element.closest<HTMLAnchorElement>("a[href],button,summary,[role=button]");
			const isNear = Math.abs(clientX - latest.clientX) + Math.abs(clientY - latest.clientY) < burstPx;
			// By keyboard there is no place: held down it clicks many times.
			burst = isNear && timeStamp - latest.timeStamp < burstMs && detail && answered < began ? burst + 1 : 1;
			latest = event;
			began = pressed;
			blamed = mark;
			// Changes inside of components are not seen from outside.
			if (element.closest(unjudged) || event.composedPath().some((node) => (node as Element).shadowRoot)) return;
			if (burst === burstClicks && (control || isFree())) mark(rage); // a third click selects text
			// A tab in the background, a mail program.
			if (!navigation || event.button || event.ctrlKey || event.metaKey) return;
			if (!/^http/.test(control?.protocol ?? "http")) return;
			if (!control && getComputedStyle(element).cursor !== "pointer") return;
			waiting = mark;
			focused = document.activeElement;
			setTimeout(guard.safely(() => performance.now() - timeStamp > dialogMs && answer()));
		},
		() => {
			if (performance.now() - latest.timeStamp < failureMs) blamed?.(afterError);
			blamed = undefined;
		},
	];
}
