/** The filter row: chips for what is filtered, menus for device, range and comparison. Plain links and one form. */
import type { Child } from "hono/jsx";
import { devices } from "../../../schema/report.ts";
import { Icon } from "../charts/marks.tsx";
import type { Frame } from "../frame.ts";
import { comparisonKeys, deviceKeys, everyDeviceKey, spanKeys, stepKeys } from "../keys/letters.ts";
import { keyWords } from "../keys/words.ts";
import { comparedWith, comparisons, spans, stepped } from "../range.ts";

/** Hidden fields that keep a view when a form is sent, but for the parameters that the form asks for itself. */
export function KeptFields({ link, asked = [] }: { link: string; asked?: readonly string[] }) {
	const kept = [...new URLSearchParams(link)].filter(([name]) => !asked.includes(name));
	return (
		<>
			{kept.map(([name, value]) => (
				<input type="hidden" name={name} value={value} />
			))}
		</>
	);
}

function RangeMenu({ frame, today }: { frame: Frame; today: string }) {
	const { view, text, format, link } = frame;
	return (
		<details class="menu right" id="menu-range" name="menus">
			<summary>
				<Icon name="calendar" />
				<span class="vh">{text.filter.range}: </span>
				<span>{text.spans[view.span]}</span>
				<span class="meta">{format.dates(view.from, view.to)}</span>
				<Icon name="down" />
			</summary>
			<div class="pop">
				<ul>
					{spans
						.filter((span) => span !== "egen")
						.map((span) => (
							<li>
								<a
									href={link({ span })}
									data-key={spanKeys[span]}
									aria-current={span === view.span ? "true" : undefined}
								>
									{text.spans[span]}
								</a>
							</li>
						))}
				</ul>
				<form method="get">
					<input type="hidden" name="p" value="egen" />
					<KeptFields link={link({ span: "egen" })} asked={["p", "fra", "til"]} />
					<label>
						{text.filter.from} <input type="date" name="fra" value={view.from} max={today} required />
					</label>
					<label>
						{text.filter.to} <input type="date" name="til" value={view.to} max={today} required />
					</label>
					<button type="submit">{text.filter.show}</button>
				</form>
			</div>
		</details>
	);
}

/** To the range before this one, or after it, as far as there are days. */
function Step({ frame, today, to }: { frame: Frame; today: string; to: keyof typeof stepKeys }) {
	const range = stepped(frame.view, today, to);
	if (!range) return null;
	const words = keyWords[frame.language][to];
	return (
		<a class="step" href={frame.link(range)} data-key={stepKeys[to]} title={words}>
			<Icon name={to} />
			<span class="vh">{words}</span>
		</a>
	);
}

function ComparisonMenu({ frame }: { frame: Frame }) {
	const { view, text, format, link } = frame;
	return (
		<details class="menu right" id="menu-comparison" name="menus">
			<summary>
				<span class="vh">{text.filter.comparison}: </span>
				<span>{text.comparisons[view.comparison]}</span>
				<Icon name="down" />
			</summary>
			<div class="pop">
				<ul>
					{comparisons.map((comparison) => {
						const range = comparedWith(view.from, view.to, comparison);
						return (
							<li>
								<a
									href={link({ comparison })}
									data-key={comparisonKeys[comparison]}
									aria-current={comparison === view.comparison ? "true" : undefined}
								>
									{text.comparisons[comparison]}
									{range && <span class="meta">{format.dates(range.from, range.to)}</span>}
								</a>
							</li>
						);
					})}
				</ul>
			</div>
		</details>
	);
}

function DeviceMenu({ frame }: { frame: Frame }) {
	const { view, text, link } = frame;
	return (
		<details class="menu plain" id="menu-filter" name="menus">
			<summary>
				<Icon name="plus" />
				{text.filter.button}
			</summary>
			<div class="pop">
				<p class="meta">{text.filter.note}</p>
				<ul>
					<li>
						<a
							href={link({ device: undefined })}
							data-key={everyDeviceKey}
							aria-current={view.device ? undefined : "true"}
						>
							{text.filter.every}
						</a>
					</li>
					{devices.map((device) => (
						<li>
							<a
								href={link({ device })}
								data-key={deviceKeys[device]}
								title={`${text.filter.device}: ${text.devices[device]}`}
								aria-current={device === view.device ? "true" : undefined}
							>
								{text.devices[device]}
							</a>
						</li>
					))}
				</ul>
			</div>
		</details>
	);
}

function Chip({ name, value, href, frame }: { name: string; value: string; href: string; frame: Frame }) {
	return (
		<a class="chip" href={href}>
			<span>
				{name}: <bdi>{value}</bdi>
			</span>
			<Icon name="cross" />
			<span class="vh">, {frame.text.filter.remove}</span>
		</a>
	);
}

/** `chips`: the page's own filters; the shared ones are known here. `saved`: the menu of saved views. */
export function Toolbar({
	frame,
	today,
	chips,
	saved,
}: {
	frame: Frame;
	today: string;
	saved?: Child;
	chips: readonly { name: string; value: string; href: string }[];
}) {
	const { view, text, format, link } = frame;
	return (
		<section class="toolbar" aria-label={text.filter.title}>
			<DeviceMenu frame={frame} />
			{saved}
			{view.device && (
				<Chip
					name={text.filter.device}
					value={text.devices[view.device]}
					href={link({ device: undefined })}
					frame={frame}
				/>
			)}
			{view.page && <Chip name={text.filter.page} value={view.page} href={link({ page: undefined })} frame={frame} />}
			{chips.map((chip) => (
				<Chip {...chip} frame={frame} />
			))}
			<span class="fill" />
			<Step frame={frame} today={today} to="earlier" />
			<RangeMenu frame={frame} today={today} />
			<Step frame={frame} today={today} to="later" />
			<ComparisonMenu frame={frame} />
			<p class="print-only">
				{text.spans[view.span]}, {format.dates(view.from, view.to)}, {text.comparisons[view.comparison]}
				{view.device && `, ${text.devices[view.device]}`}
				{view.page && (
					<>
						, <bdi>{view.page}</bdi>
					</>
				)}
				{chips.map(({ name, value }) => (
					<>
						, {name}: <bdi>{value}</bdi>
					</>
				))}
			</p>
		</section>
	);
}
