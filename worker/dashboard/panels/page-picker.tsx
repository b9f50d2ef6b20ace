/** A list to choose one page of the site from, as a form that keeps the rest of the view. It needs no script. */
import type { Child } from "hono/jsx";
import { otherName } from "../../../schema/tree-rules.ts";
import type { Frame } from "../frame.ts";

export interface PagePickerInput {
	label: string;
	submit: string;
	/** Paths, the most viewed first. */
	pages: readonly string[];
	current: string | undefined;
	/** What choosing no page is called, where that can be chosen. */
	every?: string;
	/** Ways on from the chosen page. */
	aside?: Child;
	frame: Frame;
}

export function PagePicker({ label, submit, pages, current, every, aside, frame }: PagePickerInput) {
	const named = pages.filter((page) => page !== otherName);
	const listed = current === undefined || named.includes(current) ? named : [current, ...named];
	if (listed.length === 0) return null;
	return (
		<form method="get" class="picker">
			{[...new URLSearchParams(frame.link({ page: undefined }))].map(([name, value]) => (
				<input type="hidden" name={name} value={value} />
			))}
			<label for="page-picker">{label}</label>
			<select id="page-picker" name="side">
				{every !== undefined && (
					<option value="" selected={current === undefined}>
						{every}
					</option>
				)}
				{listed.map((page) => (
					<option value={page} selected={page === current}>
						{page}
					</option>
				))}
			</select>
			<button type="submit">{submit}</button>
			{aside}
		</form>
	);
}
