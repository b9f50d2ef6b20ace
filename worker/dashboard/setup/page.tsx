/** The owner's page about the set-up: at the beginning, and when a site has gone silent. It updates itself, and works by plain reload. */
import type { Setup } from "../../setup/judge.ts";
import { type AssetPaths, renderPage } from "../layout.tsx";
import type { LiveFigures } from "../live-figures.ts";
import { SiteHeader } from "../site-header.tsx";
import type { StyleOf } from "../style.ts";
import { Check, type SetupInput, Steps } from "./cards.tsx";
import { Guides, Line, likelySource } from "./line.tsx";
import { setupWords } from "./words.ts";

export interface SetupPageInput extends SetupInput {
	name: string;
	/** Gate file that the reader chose, without .js. */
	chosen: string | undefined;
	nonce: string;
	paths: AssetPaths;
	style: StyleOf;
	contentOnly: boolean;
	/** See withSetup. */
	mark: string;
}

/** Where the script asks whether anything has changed. */
export const livePath = (site: string, language: string) => `/sites/${site}/live?lang=${language}&setup=1`;

/** The live figures of a page that shows the set-up too: something new is whatever either of them has. */
export function withSetup(live: LiveFigures, setup: Setup): LiveFigures {
	return { ...live, mark: `${live.mark} ${setup.mark}` };
}

export function renderSetup(input: SetupPageInput): string {
	const { site, language, sources, chosen, name } = input;
	const words = setupWords[language];
	const source = chosen && sources.includes(chosen) ? chosen : likelySource(input);
	return renderPage({
		...input,
		style: input.style("setup"),
		title: `${words.title} · ${name} · Sporløs`,
		scripted: true,
		header: (
			<SiteHeader
				site={{ id: site.id, name, isOwner: true }}
				language={language}
				languageLink={`?lang=${language === "nb" ? "en" : "nb"}`}
				page="setup"
			/>
		),
		children: (
			<>
				<div data-live={livePath(site.id, language)} data-mark={input.mark} hidden />
				<main id="main" class="wrap setup" tabindex={-1} data-followed="">
					<h1>{words.title}</h1>
					<p class="lead">{words.lead}</p>
					<Steps {...input} />
					<Check {...input} back="setup" />
					<Line {...input} source={source} hasChoice />
					<Guides {...input} source={source} />
					<p>
						<a class="more" href={`/sites/${site.id}?lang=${language}`}>
							{words.back}
						</a>
					</p>
				</main>
			</>
		),
	});
}
