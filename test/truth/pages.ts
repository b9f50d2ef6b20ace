/**
 * The pages of the test site: what is on them, with the names under which it should be counted. Leaves out: serving them.
 */

/** Page → its heading. All of them link to all of them. */
export const pages = {
	"/": "forside",
	"/turer": "turer",
	"/turer/fjord": "fjord",
	"/turer/bre": "bre",
	"/priser": "priser",
	"/kontakt": "kontakt",
	"/blogg": "blogg",
	"/blogg/pakkeliste": "pakkeliste",
	"/om": "om",
} as const;
export type PagePath = keyof typeof pages;
export const paths = Object.keys(pages) as PagePath[];
/** Where the forms lead. */
export const thanks = "/takk";
/** Goes on to /takk by itself. */
export const refreshing = "/videre";

/** On the front's origin: another site. */
export const elsewherePath = "/elsewhere";

/** Selector of a page's link, in the navigation that every page has. */
export const linkTo = (path: string) => `#til${path.replaceAll("/", "-")}`;

/** Grants as soon as the gate is there: what the visitor says is not what these runs are about. */
export const grantScript = `if (sporlos.state() === "undecided") sporlos.grant();`;

/** Tells the server where things are on the screen, for a hand that has no other eyes. */
export const layoutScript = `
addEventListener("pageshow", () => setTimeout(async () => {
	while (document.readyState !== "complete" || innerWidth < 300) await new Promise((done) => setTimeout(done, 20));
	await new Promise((done) => setTimeout(done, 100));
	const left = window.mozInnerScreenX ?? screenX + (outerWidth - innerWidth) / 2;
	const top = window.mozInnerScreenY ?? screenY + outerHeight - innerHeight;
	const at = {};
	for (const element of document.querySelectorAll("[id]")) {
		const box = element.getBoundingClientRect();
		at[element.id] = [Math.round(left + box.left + box.width / 2), Math.round(top + box.top + box.height / 2)];
	}
	fetch("/layout", { method: "POST", body: JSON.stringify({ path: location.pathname, at }) });
}));`;

const style = `body{margin:0;font:16px/24px sans-serif}nav a,main a,main button{display:inline-block;margin:4px 8px}
h1{font-size:20px;margin:8px}.lang{height:3000px}`;

/** The form that a submit button belongs to. */
export const formOf = (id: string) => `skjema-${id}`;
/** What one of the buttons tells `sporlos.event`. */
export const event = { name: "vist", color: "gul" };
/** What one of the links downloads. */
export const file = "/fil.pdf";
/** What one of the buttons lets happen, as it should be told: type, script and line. */
export const failure = "TypeError @ /feil.js:1";
export const failScript = `function fail() { null.navn; }`;

/** What a click on something with an id counts as: the word its element carries, which the script knows as well. */
export const elementOf = (id: string) => `ord-${id}`;

export function renderPage(path: string, head: string, elsewhere: string): string {
	const named = (id: string) => `id="${id}" data-sporlos="${elementOf(id)}"`;
	const nav = paths.map((to) => `<a ${named(linkTo(to).slice(1))} href="${to}">${pages[to]}</a>`).join(" ");
	const button = (id: string, text: string, does: string) =>
		`<button ${named(id)} type="button" onclick="${does}">${text}</button>`;
	const answer = "this.textContent += '.'";
	return `<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>${path}</title><style>${style}</style>${head}</head>
<body><nav>${nav}</nav><main><h1 id="tittel">${path}</h1>
${button("knapp", "Vis mer", answer)} ${button("kart", "Kart", answer)}
<a ${named("ut")} href="${elsewhere}">Ut</a> <a ${named("fil")} href="${file}" download>Fil</a>
<form data-sporlos="${formOf("bestill")}" action="${thanks}" method="post"><button ${named("bestill")}>Bestill</button></form>
<form data-sporlos="${formOf("sok")}" action="${thanks}"><input ${named("felt")} name="q"><button ${named("sok")}>Søk</button></form>
${button("skript", "Gå", `${answer};setTimeout(() => location.assign('${thanks}'), 50)`)}
${button("last", "Last", `${answer};setTimeout(() => location.reload(), 50)`)}
${button("tilbake", "Tilbake", `${answer};setTimeout(() => history.back(), 50)`)}
${button("hendelse", "Hendelse", `${answer};sporlos.event('${event.name}', { farge: '${event.color}' })`)}
${button("feil", "Feil", `${answer};fail()`)} ${button("dod", "Ingenting", "")}
<a ${named("ny")} href="${thanks}" target="_blank">Ny fane</a>
<div class="lang"></div></main></body></html>`;
}
