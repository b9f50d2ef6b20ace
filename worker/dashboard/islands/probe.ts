/** Tells an owner whether this very browser gets the files that visitors' browsers load. Asks for their heads only, and sends nothing. */

type Outcome = "loaded" | "blocked" | "silent";
let tried: Promise<Outcome> | undefined;

async function tryFiles(addresses: string[]): Promise<Outcome> {
	const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean };
	if (globalPrivacyControl || doNotTrack === "1") return "silent";
	try {
		const answers = await Promise.all(
			addresses.map((address) => fetch(address, { method: "HEAD", cache: "no-store" })),
		);
		return answers.every(({ ok }) => ok) ? "loaded" : "blocked";
	} catch {
		return "blocked";
	}
}

/** Once a page, however often its content is put in anew. */
export async function probeFiles(): Promise<void> {
	const element = document.querySelector<HTMLElement>("[data-probe]");
	if (!element) return;
	tried ??= tryFiles((element.dataset.probe ?? "").split(" "));
	element.textContent = element.dataset[await tried] ?? "";
}
