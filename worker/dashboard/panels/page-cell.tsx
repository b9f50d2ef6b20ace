/** A page's name in a table, and on narrow screens what the columns left out there say. */
import { otherName } from "../../../schema/tree-rules.ts";
import type { PageRow } from "../../stats/answers.ts";
import type { Frame } from "../frame.ts";
import { medianText, shareText, VitalCell } from "./figure-text.tsx";

/** `href`: where the name leads; sums of hidden pages lead nowhere. */
export function PageCell({ row, href, frame }: { row: PageRow; href: string; frame: Frame }) {
	const { text } = frame;
	const engaged = medianText(row.engagedMs, frame);
	return (
		<th scope="row">
			{row.page === otherName ? (
				text.pages.hidden
			) : (
				<a href={href}>
					<bdi>{row.page}</bdi>
				</a>
			)}
			<span class="narrow meta">
				{engaged !== null && `${engaged} · `}
				<VitalCell vital="lcp" figure={row.lcp} frame={frame} /> ·{" "}
				{text.pages.left(shareText(row.exits, row.views, frame))}
			</span>
		</th>
	);
}
