/** The head of a column that can be sorted by: a link, and where it is sorted by already, which way. */

export interface SortHeadInput {
	label: string;
	href: string;
	/** What the link does, for those who do not see the table. */
	title: string;
	sorted?: "ascending" | "descending" | undefined;
	class?: string;
}

export function SortHead({ label, href, title, sorted, class: name }: SortHeadInput) {
	return (
		<th scope="col" class={name} aria-sort={sorted}>
			<a href={href} aria-label={sorted ? undefined : title}>
				{label}
			</a>
		</th>
	);
}
