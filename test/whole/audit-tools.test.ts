import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { audit } from "../../audit/audit.ts";
import { judge } from "../../audit/judge.ts";
import { installTools } from "../consent/tools.ts";
import { type NodeServer, serveFetch } from "../support/node-server.ts";

/** What each tool releases when it is allowed to. */
const measure = `() => document.head.append(Object.assign(document.createElement("script"), { src: "OTHER/measure.js" }))`;

/** Pages as a site owner would make them with consent tools from npm. Orejime is answered by the words on its buttons. */
const pages: { [tool: string]: { how: string[]; notices: string[]; head: string } } = {
	Klaro: {
		how: Array(3).fill("by Klaro's own function"),
		notices: [],
		head: `<script>
			const load = ${measure};
			window.klaroConfig = {
				version: 1,
				services: [{ name: "measure", purposes: ["analytics"], callback: (yes) => yes && load() }],
				translations: { zz: { privacyPolicyUrl: "/" } },
			};
		</script><script defer src="/klaro/dist/klaro.js"></script>`,
	},
	"vanilla-cookieconsent": {
		how: Array(3).fill("by vanilla-cookieconsent's own function"),
		notices: [],
		head: `<script src="/vanilla-cookieconsent/dist/cookieconsent.umd.js"></script><script>
			const load = ${measure};
			const consentModal = { title: "Cookies", acceptAllBtn: "Accept", acceptNecessaryBtn: "Reject" };
			CookieConsent.run({
				categories: { necessary: { enabled: true, readOnly: true }, analytics: {} },
				onConsent: () => CookieConsent.acceptedCategory("analytics") && load(),
				language: { default: "en", translations: { en: { consentModal, preferencesModal: { sections: [] } } } },
			});
		</script>`,
	},
	tarteaucitron: {
		how: Array(3).fill("by tarteaucitron's own function"),
		notices: [],
		head: `<script src="/tarteaucitronjs/tarteaucitron.js"></script><script>
			const load = ${measure};
			tarteaucitron.init({ highPrivacy: true, DenyAllCta: true, AcceptAllCta: true, googleConsentMode: false });
			const waiting = setInterval(() => {
				if (!Object.keys(tarteaucitron.services ?? {}).length) return;
				clearInterval(waiting);
				tarteaucitron.services.measure = { key: "measure", type: "analytic", name: "Measure", needConsent: true, cookies: [], js: load };
				tarteaucitron.job.push("measure");
			}, 20);
		</script>`,
	},
	Orejime: {
		how: ["pressed “Avslå”", "pressed “Akseptere”", "pressed “Personvernvalg”, then “Avslå alt”, then “Opslaan”"],
		notices: ["other-storage"],
		head: `<link rel="stylesheet" href="/orejime/dist/orejime-standard.css">
		<script>
			window.orejimeConfig = { privacyPolicyUrl: "/", purposes: [{ id: "measure", title: "Measuring", cookies: [] }] };
		</script><script src="/orejime/dist/orejime-standard-nb.js"></script></head>
		<body><template data-purpose="measure"><script src="OTHER/measure.js"></script></template>
		<button onclick="orejime.prompt()">Personvernvalg</button>`,
	},
};

let site: NodeServer;
let other: NodeServer;

beforeAll(async () => {
	installTools();
	other = await serveFetch(() => new Response("", { headers: { "content-type": "text/javascript" } }));
	site = await serveFetch(async ({ url }) => {
		const { pathname } = new URL(url);
		const head = pages[pathname.slice(1)]?.head.replaceAll("OTHER", other.origin.replace("127.0.0.1", "localhost"));
		if (head) {
			const html = `<!doctype html><html lang="nb"><title>Side</title>${head}<h1>En side</h1></html>`;
			return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
		}
		const file = join(import.meta.dirname, "../consent/node_modules", pathname);
		const body = await readFile(file).catch(() => undefined);
		const type = pathname.endsWith(".css") ? "text/css" : "text/javascript";
		return new Response(body ?? null, { status: body ? 200 : 404, headers: { "content-type": type } });
	});
});
afterAll(async () => {
	await site?.stop();
	await other?.stop();
});

test.each(Object.keys(pages))("%s is answered, and the audit sees that it honours the answers", async (tool) => {
	const url = `${site.origin}/${tool}`;
	const way = { url, waitMs: 500, patienceMs: 10_000, language: "nb", selectors: {}, screenshots: false };
	const record = await audit(way, ["refused", "granted", "withdrawn"]);
	const { findings, unchecked } = judge(record, { allow: [], necessary: [] });
	expect(unchecked).toEqual([]);
	expect(findings.map(({ rule }) => rule)).toEqual(pages[tool]?.notices);
	expect(record.evidence.map(({ how }) => how)).toEqual(pages[tool]?.how);
	const measured = record.evidence.map(({ requests }) => requests.some(({ url }) => url.endsWith("/measure.js")));
	expect(measured).toEqual([false, true, false]);
});
