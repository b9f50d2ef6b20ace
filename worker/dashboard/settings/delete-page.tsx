/** Deleting a site: the panel among its settings that leads to it, and the page that says what goes and asks for the site's name. */
import type { Site } from "../../sites/stored.ts";
import { type AccountFrame, renderAccountPage } from "../account/frame.tsx";
import type { Language } from "../format.ts";
import { Panel } from "../panels/panel.tsx";
import { deleteWords } from "./delete-words.ts";
import { type Form, TextField } from "./fields.tsx";
import { look } from "./look.ts";

type Named = Pick<Site, "id" | "name">;

export function DeletePanel({ lang, at }: { lang: Language; at: string }) {
	const words = deleteWords[lang];
	return (
		<Panel id="delete" title={words.title} subtitle={words.subtitle}>
			<p>{words.what}</p>
			<p class="ways">
				<a href={`${at}/delete?lang=${lang}`}>{words.open}</a>
			</p>
		</Panel>
	);
}

/** `typed`: a name that is not the site's. `isDemo`: the site that a local server makes for itself. */
export function renderDelete(
	frame: AccountFrame,
	{ site, isDemo, typed }: { site: Named; isDemo: boolean; typed?: string | undefined },
): string {
	const { language: lang } = frame;
	const words = deleteWords[lang];
	const { id, name } = site;
	const at = `/sites/${id}/settings`;
	const form: Form = {
		id: "sure",
		typed: { name: typed ?? "" },
		wrong: typed === undefined ? {} : { name: words.wrong },
	};
	return renderAccountPage(
		{ ...frame, path: `${at}/delete`, style: frame.style + look },
		{
			title: words.page(name),
			site,
			page: "settings",
			children: (
				<div class="account settings">
					<p class="ways">
						<a href={`${at}?lang=${lang}#delete`}>{words.back}</a>
					</p>
					<p class="lead">{words.lead}</p>
					<Panel id="goes" title={words.goes}>
						<List of={words.goesList} />
					</Panel>
					<Panel id="stays" title={words.stays}>
						<List of={words.staysList} />
					</Panel>
					<Panel id="first" title={words.first}>
						<p>{words.backup}</p>
						<code class="secret">{`npm run site -- export ${id} ${id}.jsonl`}</code>
						<p class="hint-text">{words.backupNote}</p>
						<p class="ways">
							<a href={`/sites/${id}/export.zip?of=overview&lang=${lang}`}>{words.figures}</a>
							<a href={`/v1/sites/${id}/log.csv`}>{words.log}</a>
						</p>
					</Panel>
					<Panel id="pages" title={words.pages}>
						<p>{words.snippet}</p>
					</Panel>
					<Panel id="sure" title={words.sure}>
						{isDemo && <p>{words.local}</p>}
						<form method="post" action={`${at}/delete?lang=${lang}`}>
							<TextField form={form} name="name" text={words.name(name)} max={200} />
							<div class="submit">
								<button type="submit" class="danger">
									{words.button}
								</button>
							</div>
						</form>
					</Panel>
				</div>
			),
		},
	);
}

function List({ of: lines }: { of: readonly string[] }) {
	return (
		<ul class="plain-list">
			{lines.map((line) => (
				<li>{line}</li>
			))}
		</ul>
	);
}
