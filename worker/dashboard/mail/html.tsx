/**
 * A letter as HTML: tables and text, no pictures, no script, nothing from elsewhere, light and dark as the reader's program is. Many
 * programs know <style> and classes, few know more. Leaves out what is said.
 */
import { raw } from "hono/html";
import type { Language } from "../format.ts";
import { type Block, type Part, tame } from "./blocks.ts";

const style = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:24px 16px;background:#f5f5f2;color:#15201e;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.sheet{max-width:560px;margin:0 auto;padding:8px 24px 24px;background:#fff;border:1px solid #e2e3de;border-radius:10px}
h1{margin:16px 0;font-size:22px;line-height:1.25;font-weight:600;overflow-wrap:anywhere}
h2{margin:28px 0 4px;font-size:16px;line-height:1.4;font-weight:600}
p{margin:0 0 12px;overflow-wrap:anywhere}
.note{padding:10px 14px;border-left:4px solid #bf7c00;background:#efefeb}
.small,.small a{color:#616d6a;font-size:13px}
table{width:100%;margin-bottom:12px;border-collapse:collapse;font-size:15px}
th,td{padding:6px 0 6px 12px;border-bottom:1px solid #e2e3de;text-align:right;vertical-align:top;font-variant-numeric:tabular-nums}
th:first-child,td:first-child{padding-left:0;text-align:left;overflow-wrap:anywhere;word-break:break-word}
th{color:#616d6a;font-size:13px;font-weight:400}
td:nth-child(n+2){white-space:nowrap}
td:nth-child(4){white-space:normal;min-width:72px}
a{color:#1f4e8c}
.lead{font-size:17px}
.way,.foot{margin-top:24px}
.way a{display:inline-block;padding:11px 18px;border-radius:8px;background:#1f4e8c;color:#fff;text-decoration:none}
@media(max-width:480px){body{padding:8px}.sheet{padding:4px 16px 16px}table{font-size:14px}th,td{padding-left:8px}}
@media(prefers-color-scheme:dark){
body{background:#0e1413;color:#e9eeec}
.sheet{background:#151d1b;border-color:#27322f}
.note{border-color:#f2bc35;background:#1b2523}
.small,.small a,th{color:#8f9b97}
th,td{border-color:#27322f}
a{color:#7fb0ee}
.way a{background:#7fb0ee;color:#0b1b30}
}
`;

const Words = ({ parts }: { parts: readonly Part[] }) => (
	<>{parts.map((part) => (typeof part === "string" ? part : <bdi>{tame(part.named)}</bdi>))}</>
);

function Piece({ block }: { block: Block }) {
	switch (block.kind) {
		case "table":
			return (
				<>
					<h2>{block.title}</h2>
					<table>
						{block.heads.some(Boolean) && (
							<thead>
								<tr>{block.heads.map((head) => (head ? <th scope="col">{head}</th> : <td />))}</tr>
							</thead>
						)}
						<tbody>
							{block.rows.map((row) => (
								<tr>
									{row.map((cell) => (
										<td>
											<Words parts={[cell]} />
										</td>
									))}
								</tr>
							))}
						</tbody>
					</table>
				</>
			);
		case "link":
			return (
				<p class="way">
					<a href={block.href}>{block.text}</a>
				</p>
			);
		default:
			return (
				<p class={block.kind}>
					<Words parts={block.parts} />
				</p>
			);
	}
}

/** `foot` is said below the rest, with a link of its own. */
export function letterHtml(input: {
	language: Language;
	subject: string;
	title: readonly Part[];
	blocks: readonly Block[];
	foot: { text: string; link?: { text: string; href: string } };
}): string {
	const { language, subject, title, blocks, foot } = input;
	const page = (
		<html lang={language}>
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<meta name="supported-color-schemes" content="light dark" />
				<title>{subject}</title>
				<style>{raw(style)}</style>
			</head>
			<body>
				<main class="sheet">
					<h1>
						<Words parts={title} />
					</h1>
					{blocks.map((block) => (
						<Piece block={block} />
					))}
					<p class="small foot">
						{foot.text} {foot.link && <a href={foot.link.href}>{foot.link.text}</a>}
					</p>
				</main>
			</body>
		</html>
	);
	return `<!doctype html>${page}`;
}
