/**
 * A reading line on the timeline, moved by pointer or by ← → Home End. What it says comes from the table below the
 * chart, already written out, so there is neither a second copy of the data nor any formatting here.
 */

interface Reading {
	/** Share of the width, 0…1. */
	at: number;
	date: string;
	lines: [string, string][];
}

function readTable(table: HTMLTableElement): Reading[] {
	const words = (cells: Iterable<Element>) => [...cells].map((cell) => cell.textContent?.trim() ?? "");
	const [, ...names] = words(table.tHead?.rows[0]?.cells ?? []);
	const rows = [...(table.tBodies[0]?.rows ?? [])];
	return rows.map((row, index) => {
		const [date = "", ...values] = words(row.cells);
		return {
			at: rows.length < 2 ? 0.5 : index / (rows.length - 1),
			date,
			lines: values.flatMap((value, column): [string, string][] => (value ? [[names[column] ?? "", value]] : [])),
		};
	});
}

function make(className: string, parent: Element): HTMLDivElement {
	const element = document.createElement("div");
	element.className = className;
	parent.append(element);
	return element;
}

/** Where the line was last; new figures do not move it. */
let lastIndex = Number.POSITIVE_INFINITY;

export function addReadingLine(): void {
	const chart = document.querySelector<HTMLElement>("[data-reading]");
	const table = document.getElementById(chart?.dataset.reading ?? "");
	if (!chart || !(table instanceof HTMLTableElement)) return;
	const readings = readTable(table);
	if (readings.length === 0) return;
	const reader = make("reader", chart);
	const line = make("reading-line", reader);
	const readout = make("readout", reader);
	const date = document.createElement("strong");
	const values = document.createElement("div");
	values.setAttribute("aria-live", "polite");
	readout.append(date, values);
	let index = Math.min(lastIndex, readings.length - 1);

	// A slider, so that screen readers hand the arrow keys over; its text is the date, the live region says the figures.
	reader.id = "timeline-reader";
	reader.tabIndex = 0;
	reader.setAttribute("role", "slider");
	reader.setAttribute("aria-labelledby", "timeline-label");
	reader.setAttribute("aria-description", chart.dataset.keys ?? "");
	reader.setAttribute("aria-valuemin", "1");
	reader.setAttribute("aria-valuemax", String(readings.length));

	function hide(): void {
		line.hidden = readout.hidden = true;
	}
	function show(next: number): void {
		index = lastIndex = Math.min(Math.max(next, 0), readings.length - 1);
		const reading = readings[index];
		if (!reading) return;
		line.hidden = readout.hidden = false;
		line.style.left = `${reading.at * 100}%`;
		date.textContent = reading.date;
		values.replaceChildren(
			...reading.lines.map(([name, value]) => {
				const row = document.createElement("div");
				const label = document.createElement("span");
				const figure = document.createElement("strong");
				label.textContent = name;
				figure.textContent = value;
				row.append(label, figure);
				return row;
			}),
		);
		const room = reader.clientWidth - readout.offsetWidth;
		const left = reading.at * reader.clientWidth;
		readout.style.left = `${Math.max(Math.min(left > room - 12 ? left - readout.offsetWidth - 12 : left + 12, room), 0)}px`;
		describe(reading);
	}
	function describe(reading: Reading): void {
		reader.setAttribute("aria-valuenow", String(index + 1));
		reader.setAttribute("aria-valuetext", reading.date);
	}

	const steps: Record<string, () => number> = {
		ArrowLeft: () => index - 1,
		ArrowRight: () => index + 1,
		Home: () => 0,
		End: () => readings.length - 1,
	};
	reader.addEventListener("keydown", (event) => {
		const step = steps[event.key];
		if (event.key === "Escape" && !line.hidden) {
			event.preventDefault(); // it has done its work
			hide();
		}
		if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
		event.preventDefault();
		show(step());
	});
	reader.addEventListener("focus", () => show(index));
	reader.addEventListener("blur", hide);
	const follow = (event: PointerEvent) => {
		const { left, width } = reader.getBoundingClientRect();
		show(Math.round(((event.clientX - left) / width) * (readings.length - 1)));
	};
	reader.addEventListener("pointermove", follow);
	reader.addEventListener("pointerdown", follow);
	reader.addEventListener("pointerleave", () => document.activeElement !== reader && hide());

	const last = readings[index];
	if (last) describe(last);
	hide();
}
