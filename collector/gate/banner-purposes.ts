/**
 * The dialog in which a visitor chooses among the purposes. Nothing is ticked but what is granted already, and leaving it
 * without a button decides nothing. Leaves out what follows from the choice.
 */
import type { BannerWords } from "../../schema/banner-words.ts";
import type { Purpose } from "../../schema/purposes.ts";
import { fill, make, makeButton, makeFoot } from "./elements.ts";

export interface PurposesDialog {
	element: HTMLDialogElement;
	/** `no` is the button that declines or withdraws. */
	open(granted: readonly Purpose[], no: HTMLButtonElement): void;
}

/** `save` gets the purposes that are ticked: possibly none. */
export function createPurposesDialog(
	{ choose, save: label, close, purposes: meanings }: BannerWords,
	purposes: readonly Purpose[],
	save: (chosen: Purpose[]) => void,
): PurposesDialog {
	const element = make("dialog", [], { ariaLabel: choose, dir: "auto" });
	return {
		element,
		open: (granted, no) => {
			const rows = purposes.map((purpose) => {
				const [name, meaning] = meanings[purpose];
				const box = make("input", [], { type: "checkbox", checked: granted.includes(purpose) });
				return { box, row: make("label", [make("b", name), box, make("small", meaning)]) };
			});
			const chosen = () => purposes.filter((_, index) => rows[index]?.box.checked);
			fill(element, [
				make("h2", choose),
				...rows.map(({ row }) => row),
				makeFoot(
					[no, makeButton(label, () => save(chosen()))],
					makeButton(close, () => element.close(), "more"),
				),
			]);
			element.showModal();
		},
	};
}
