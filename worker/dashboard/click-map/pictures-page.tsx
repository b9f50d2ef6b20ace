/** The owner's page where pictures for the click map are asked for and deleted. Leaves out taking them: that is done on the site itself. */
import { dayOf } from "../../../schema/period.ts";
import { type PictureDevice, pictureDevices } from "../../../schema/picture-limits.ts";
import type { PictureLine } from "../../pictures/pictures.ts";
import { type AccountFrame, PostButton, Rows, renderAccountPage } from "../account/frame.tsx";
import { formatOf } from "../format.ts";
import { Panel } from "../panels/panel.tsx";
import { clickMapWords } from "./words.ts";

export interface PicturesInput {
	site: { id: string; name: string; origins: readonly string[] };
	/** Name of the page it is about, where one is. */
	page: string | undefined;
	/** What stands in the form. */
	address: string;
	device: PictureDevice;
	pictures: readonly PictureLine[];
	/** Made just now, shown this once. */
	link?: string;
	isWrong?: boolean;
}

/** What this page alone needs of a look. */
const look = `
.account .steps{margin:16px 0;padding-left:24px;list-style:decimal}
.account .steps li{padding:2px 0}
.account .open{display:inline-block;min-height:44px;margin:8px 0;padding:10px 16px;border-radius:8px;background:var(--accent);color:var(--on-accent);font-weight:620;text-decoration:none}
.account :is(.ways-out,td) a{display:inline-block;padding:3px 0}
.account .scroller a{min-width:var(--target)}
@media(max-width:760px){.account :is(.ways-out,td) a{min-height:44px;padding-block:11px}.account .panel td form button{min-height:44px}}
`;

export function renderPictures(frame: AccountFrame, input: PicturesInput): string {
	const { language } = frame;
	const { devices, page: words } = clickMapWords[language];
	const { site, page, address, device, pictures, link, isWrong = false } = input;
	const at = `/sites/${site.id}/pictures`;
	const asked = page === undefined ? "" : `side=${encodeURIComponent(page)}&`;
	return renderAccountPage(
		{ ...frame, style: frame.style + look },
		{
			title: words.title,
			site,
			page: "pictures",
			children: (
				<>
					<p class="ways-out">
						<a href={`/sites/${site.id}/interactions?${asked}lang=${language}#klikkart`}>{words.back}</a>
					</p>
					<p class="lead">{words.lead}</p>
					{link !== undefined && (
						<section class="notice" aria-labelledby="new-link">
							<h2 id="new-link">{words.made}</h2>
							<p>{words.holds}</p>
							<code class="secret">{link}</code>
							<a class="open" href={link} target="_blank" rel="noopener noreferrer">
								{words.open}
							</a>
							<ol class="steps">
								{words.steps.map((step) => (
									<li>{step}</li>
								))}
							</ol>
							<p>{words.visit}</p>
						</section>
					)}
					<Panel id="ask" title={words.ask}>
						<form method="post" action={`${at}?lang=${language}`}>
							{isWrong && (
								<p class="notice wrong" role="alert" id="address-wrong">
									{words.wrong}
								</p>
							)}
							<div class="fields">
								<label>
									{words.address}
									<input
										name="address"
										type="url"
										required
										maxlength={2_000}
										autocomplete="off"
										value={address}
										aria-invalid={isWrong ? "true" : undefined}
										aria-describedby={isWrong ? "address-wrong" : "address-note"}
									/>
								</label>
								<label>
									{words.device}
									<select name="device">
										{pictureDevices.map((name) => (
											<option value={name} selected={name === device}>
												{words.widths[name]}
											</option>
										))}
									</select>
								</label>
							</div>
							<p class="hint" id="address-note">
								{words.addressNote(site.origins.join(", "))} {address.includes("/:id") && words.names}
							</p>
							<p>
								<button type="submit" class="main">
									{words.make}
								</button>
							</p>
						</form>
					</Panel>
					<Panel id="pictures" title={words.kept} subtitle={words.note}>
						<Rows
							heads={[words.of, words.on, words.width, words.taken, ""]}
							none={words.none}
							rows={pictures.map((picture) => [
								<a
									href={`/sites/${site.id}/interactions?side=${encodeURIComponent(picture.page)}&lang=${language}#klikkart`}
								>
									<bdi>{picture.page}</bdi>
								</a>,
								devices[picture.device],
								`${formatOf(language).count(picture.width)} px`,
								dayOf(picture.taken),
								<PostButton
									action={`${at}/delete?lang=${language}`}
									fields={{ page: picture.page, device: picture.device }}
									text={words.remove}
									about={`${picture.page}, ${devices[picture.device]}`}
								/>,
							])}
						/>
					</Panel>
				</>
			),
		},
	);
}
