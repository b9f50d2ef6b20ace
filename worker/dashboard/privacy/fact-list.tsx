/** Names with what holds for each, side by side. */
export function FactList({ rows }: { rows: readonly (readonly [name: string, value: string])[] }) {
	return (
		<dl class="facts" data-of="">
			{rows.map(([name, value]) => (
				<div>
					<dt>{name}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}
