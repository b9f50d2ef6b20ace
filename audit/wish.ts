/** What the user of `npm run audit` asks for, read from the arguments. Leaves out doing it. */
import { parseArgs } from "node:util";
import type { Selectors } from "./decide.ts";

export interface Way {
	url: string;
	/** How long a page is watched before and after it is used, ms. */
	waitMs: number;
	/** How long a banner may take to come, ms. */
	patienceMs: number;
	/** BCP 47. */
	language: string;
	selectors: Selectors;
	screenshots: boolean;
}

export interface Leniency {
	/** Hosts that work for the site, with what is below them. */
	allow: string[];
	/** Names of stored things the site can justify, with `*` at the end for any rest. */
	necessary: string[];
}

export interface Wish {
	way: Way;
	leniency: Leniency;
	/** Files to write. */
	json: string | undefined;
	html: string | undefined;
}

/** It was asked in a way that cannot be answered: the sentence for the user. */
export class Unanswerable extends Error {}

const usage = `Use: npm run audit -- URL [--accept CSS] [--decline CSS] [--withdraw CSS] [--allow HOST] [--necessary NAME]
       [--language TAG] [--wait SECONDS] [--json FILE] [--html FILE]`;

function readUrl(text: string): string {
	const address = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
	if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
		throw new Unanswerable(`"${text}" is not the address of a web page.\n${usage}`);
	return address;
}

function readLanguage(tag: string): string {
	try {
		return new Intl.Locale(tag).toString();
	} catch {
		throw new Unanswerable(`--language must be a language tag such as nb or en-GB, not "${tag}".`);
	}
}

function parse(args: string[]) {
	const many = { type: "string", multiple: true } as const;
	const one = { type: "string" } as const;
	const options = {
		...{ accept: many, decline: many, withdraw: many, allow: many, necessary: many },
		...{ language: one, wait: one, json: one, html: one },
	};
	try {
		return parseArgs({ args, allowPositionals: true, options });
	} catch (error) {
		const [sentence] = String(error instanceof Error ? error.message : error).split(". ");
		throw new Unanswerable(`${sentence}.\n${usage}`);
	}
}

export function readWish(args: string[]): Wish {
	const { values, positionals } = parse(args);
	const [url, ...others] = positionals;
	if (!url || others.length > 0) throw new Unanswerable(`Name one page to look at.\n${usage}`);
	const { accept = [], decline = [], withdraw = [], allow = [], necessary = [], json, html } = values;
	const seconds = Number(values.wait ?? 3);
	if (!(seconds >= 0.1 && seconds <= 60)) throw new Unanswerable("--wait must be a number of seconds, 0.1 to 60.");
	const strange = allow.find((host) => !/^[\w-]+(\.[\w-]+)*$/.test(host));
	if (strange !== undefined) throw new Unanswerable(`--allow takes a host such as cdn.example.com, not "${strange}".`);
	return {
		way: {
			url: readUrl(url),
			waitMs: seconds * 1000,
			patienceMs: seconds * 3000,
			language: readLanguage(values.language ?? "en"),
			selectors: { accept, decline, withdraw },
			screenshots: html !== undefined,
		},
		leniency: { allow, necessary },
		json,
		html,
	};
}
