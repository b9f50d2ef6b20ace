/**
 * Looks at the owner's own pages, as a browser without cookies gets them, and tells what keeps the gate from working there. Leaves
 * out what only a running browser could tell: scripts that are put in later, and what an extension does.
 */
import { gates, paths } from "../../dist/assets.ts";
import type { Look, LookFault } from "../../schema/setup.ts";
import { type Fetching, fetchOwn } from "../sites/own-pages.ts";
import type { Site } from "../sites/sites.ts";
import { misheard } from "./consent-tools.ts";
import { forbidding } from "./content-policy.ts";
import { type GateTag, isInert, type PageTags, readTags } from "./page-tags.ts";

/** A site's first origins are its addresses; those after them are for trying things out. */
const maxPages = 3;

type Fault = [kind: LookFault["kind"], about?: string];

interface PageFound {
	/** What was asked for, and in the end answered. */
	asked: string;
	address: string;
	faults: Fault[];
	/** Gate files that are asked for as they should be. */
	files: string[];
	isPage: boolean;
}

type Looked = Pick<Site, "id" | "origins" | "policy">;

/** The pages at a path of the site's origins. */
export async function lookAtSite(site: Looked, path: string, here: URL, now: number): Promise<Look> {
	const addresses = site.origins.slice(0, maxPages).map((origin) => new URL(path, origin));
	const found = await Promise.all(addresses.map((address) => lookAtPage(site, address, here)));
	// One that is not in use, or for trying things out, says nothing as long as another one answers.
	const some = found.some(({ isPage }) => isPage) ? found.filter(({ isPage }) => isPage) : found;
	const seen = new Set<string>();
	const faults = some.flatMap(({ asked, address, faults }) =>
		faults.flatMap(([kind, about = ""]): LookFault[] => {
			const where = kind === "elsewhere" ? asked : address;
			const id = `${kind} ${where} ${about}`;
			if (seen.has(id)) return [];
			seen.add(id);
			return [{ kind, where: where.slice(0, 200), about: about.slice(0, 100) }];
		}),
	);
	return { at: now, path, faults, files: [...new Set(some.flatMap(({ files }) => files))] };
}

async function lookAtPage(site: Looked, asked: URL, here: URL): Promise<PageFound> {
	const fetching: Fetching = { origins: site.origins, here };
	const found = await fetchOwn(asked, fetching);
	const none = (...fault: Fault): PageFound => ({
		asked: asked.href,
		address: asked.href,
		faults: [fault],
		files: [],
		isPage: fault[0] === "elsewhere",
	});
	if (found.kind === "unreachable") return none("unreachable", found.status === undefined ? "" : String(found.status));
	if (found.kind === "elsewhere") return none("elsewhere", found.origin);
	if (found.kind === "private-address") return none("private-address");
	const { url, answer, text } = found;
	if (!/html/i.test(answer.headers.get("Content-Type") ?? "")) return none("not-html");
	const tags = await readTags(text, url);
	const policies = [answer.headers.get("Content-Security-Policy") ?? "", ...tags.policies];
	const judged = await judge(site, tags, { page: url, policies, fetching });
	return { asked: asked.href, address: url.origin + url.pathname, ...judged, isPage: true };
}

interface Around {
	page: URL;
	policies: string[];
	fetching: Fetching;
}

async function judge(site: Looked, tags: PageTags, around: Around): Promise<Pick<PageFound, "faults" | "files">> {
	const [first, second] = tags.gates;
	if (!first) return { faults: [[tags.hasManager ? "tag-manager" : "missing"]], files: [] };
	const own = tags.gates.filter((tag) => tag.site === site.id);
	const tag = own[0] ?? first;
	const faults = await faultsOf(site, tag, tags, around);
	if (own.length > 1 && second) faults.push(["twice"]);
	return { faults, files: faults.length === 0 ? [`${tag.file}.js`] : [] };
}

/** What is wrong with the element; the first thing that keeps it from being loaded makes the rest beside the point. */
async function faultsOf(site: Looked, tag: GateTag, { tools }: PageTags, around: Around): Promise<Fault[]> {
	const { here, origins } = around.fetching;
	const isOurs = tag.url.origin === here.origin;
	if (tag.site !== site.id) return [["wrong-site", tag.site]];
	if (!isOurs && !origins.includes(tag.url.origin)) return [["wrong-host", tag.url.host]];
	if (!Object.hasOwn(gates, tag.file)) return [["wrong-file", `${tag.file}.js`]];
	if (isInert(tag)) return [["held-back", tag.attribute === "src" ? `type="${tag.type}"` : tag.attribute]];
	if (/^module$/i.test(tag.type.trim())) return [["as-module"]];
	if (tag.isHashed) return [["integrity"]];
	const faults = policyFaults(tag, around);
	if (!isOurs) faults.push(...(await copyFaults(site, tag, around.fetching)));
	const tool = misheard(tag.file, tools);
	if (tool) faults.push(["other-tool", `${tool}.js`]);
	return faults;
}

function policyFaults(tag: GateTag, { page, policies }: Around): Fault[] {
	const endpoint = URL.canParse(tag.endpoint ?? "", page.href)
		? new URL(tag.endpoint ?? "", page.href)
		: new URL(tag.url.origin);
	const base = tag.endpoint === undefined ? tag.url.href.split("/gate/")[0] : endpoint.href.replace(/\/$/, "");
	const { nonce } = tag;
	const script =
		forbidding(policies, { use: "script", url: tag.url, page, nonce }) ??
		forbidding(policies, { use: "script", url: new URL(`${base}${paths.code}collector.js`), page, nonce });
	const connect = forbidding(policies, { use: "connect", url: new URL(`${base}/v1/reports`), page });
	return [
		...(script ? ([["policy-script", script]] as Fault[]) : []),
		...(connect ? ([["policy-connect", connect]] as Fault[]) : []),
	];
}

/** A gate file that the site serves itself: a path that leads here, or a copy, which grows old. */
async function copyFaults(site: Looked, tag: GateTag, fetching: Fetching): Promise<Fault[]> {
	const found = await fetchOwn(tag.url, fetching);
	if (found.kind !== "answer") return [["broken-copy", found.kind === "unreachable" ? String(found.status ?? "") : ""]];
	const [, policy] = /"policy":"([\w-]+)"/.exec(found.text) ?? [];
	const isScript = /javascript/i.test(found.answer.headers.get("Content-Type") ?? "");
	if (!isScript || policy === undefined) return [["broken-copy", ""]];
	return policy === site.policy && found.text.includes(paths.code) ? [] : [["old-copy"]];
}
