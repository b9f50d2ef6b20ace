/** The page where saved views are opened by all who read the site's figures, and named anew and deleted by who made them or owns the site. */
import { maxViewNameChars } from "../../../schema/limits.ts";
import type { MadeView, NameFault } from "../../saved/store.ts";
import { type AccountFrame, PostButton, renderAccountPage } from "../account/frame.tsx";
import { messagesOf } from "../frame.ts";
import { lineOf } from "../panels/compared.ts";
import { Panel } from "../panels/panel.tsx";
import { addressOf, inAlphabet } from "./menu.tsx";
import { type ViewAddress, viewText } from "./view.ts";
import { type SavedWords, savedWords } from "./words.ts";

/** A form as it stands: of a view that gets a new name, or of one that could not be saved. */
export interface NameForm {
	/** Empty for a new one. */
	id: string;
	view: ViewAddress;
	name: string;
	wrong?: NameFault;
}

export interface SavedInput {
	site: { id: string; name: string; isOwner: boolean };
	/** Local date of the site. */
	today: string;
	views: readonly MadeView[];
	/** Account of who looks. */
	account: string;
	form?: NameForm;
	/** Said of a view that is not there any more. */
	wrong?: NameFault;
}

const look = `
.saved-page .wrong-text{color:var(--poor-text);font-size:14px}
.saved-page .submit{display:flex;flex-wrap:wrap;gap:12px 24px;align-items:center;margin-top:16px}
.saved-page .submit a{display:inline-flex;align-items:center;min-height:44px;color:var(--accent)}
.saved-page .all li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 16px;align-items:center;min-height:52px;padding:8px 0;border-top:1px solid var(--line)}
.saved-page .all li>div:first-child{overflow-wrap:anywhere}
.saved-page .all a{display:inline-flex;align-items:center;min-height:var(--target);text-decoration-color:var(--control);text-underline-offset:4px}
.saved-page .all .acts a{white-space:nowrap}
.account .saved-page .all button{min-height:var(--target);padding:4px 12px}
.saved-page .acts{display:flex;gap:16px;align-items:center;justify-content:flex-end}
@media(max-width:640px){.saved-page .all li{grid-template-columns:minmax(0,1fr);padding:12px 0 8px}}
`;

function Form({ form: { id, view, name, wrong }, at, words }: { form: NameForm; at: string; words: SavedWords }) {
	return (
		<form method="post" action={at}>
			<input type="hidden" name="id" value={id} />
			<input type="hidden" name="section" value={view.section} />
			<input type="hidden" name="query" value={view.query} />
			<label>
				{words.newName}
				<input
					name="name"
					required
					maxlength={maxViewNameChars}
					autocomplete="off"
					value={name}
					{...(wrong ? { "aria-invalid": "true", "aria-describedby": "wrong-name" } : {})}
				/>
				{wrong && (
					<span class="wrong-text" id="wrong-name" role="alert">
						{words.wrong[wrong]}
					</span>
				)}
			</label>
			<div class="submit">
				<button type="submit" class="main">
					{words.save}
				</button>
				<a href={at}>{words.cancel}</a>
			</div>
		</form>
	);
}

export function renderSaved(frame: AccountFrame, { site, today, views, account, form, wrong }: SavedInput): string {
	const { language } = frame;
	const words = savedWords[language];
	const text = messagesOf(language);
	const home = `/sites/${site.id}`;
	const lang = `?lang=${language}`;
	const at = `${home}/saved${lang}`;
	const shownIn = (view: ViewAddress) => lineOf(text.sections[view.section], viewText(view, language, today));
	return renderAccountPage(
		{ ...frame, style: frame.style + look },
		{
			title: words.title,
			site,
			page: "saved",
			children: (
				<div class="saved-page">
					{wrong && (
						<p class="notice wrong" role="alert">
							{words.wrong[wrong]}
						</p>
					)}
					{form && (
						<Panel id="view" title={form.id === "" ? words.saving : words.naming} subtitle={shownIn(form.view)}>
							<Form form={form} at={at} words={words} />
						</Panel>
					)}
					<Panel id="saved" title={words.all} subtitle={words.note}>
						{views.length === 0 && <p class="none">{words.empty}</p>}
						{views.length > 0 && (
							<ul class="all">
								{inAlphabet(views, language).map((view) => (
									<li>
										<div>
											<a href={addressOf(view, home, language)}>
												<bdi>{view.name}</bdi>
											</a>
											<p class="meta">
												<bdi>{shownIn(view)}</bdi> ·{" "}
												<bdi>{view.maker === null ? words.byGone : words.by(view.maker)}</bdi>
											</p>
										</div>
										{(site.isOwner || view.account === account) && (
											<div class="acts">
												<a href={`${at}&view=${view.id}#view`} aria-label={`${words.rename}: ${view.name}`}>
													{words.rename}
												</a>
												<PostButton
													action={`${home}/saved/remove${lang}`}
													fields={{ id: view.id }}
													text={words.remove}
													about={view.name}
												/>
											</div>
										)}
									</li>
								))}
							</ul>
						)}
					</Panel>
				</div>
			),
		},
	);
}
