/** Passkeys on the pages that offer them: makes one, or shows one to sign in. Leaves out checking it, which is the server's. */

/** Shows the page's passkey forms and lets their buttons work. */
export function offerPasskeys(): void {
	for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
		const status = form.querySelector("[role=status]");
		const say = (text = "") => {
			if (status) status.textContent = text;
		};
		form.hidden = false;
		form.nextElementSibling?.remove();
		// Chromium 129, Firefox 119, Safari 18.4
		if (!("PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential)) {
			for (const button of form.querySelectorAll("button")) button.disabled = true;
			say(form.dataset.notHere);
			continue;
		}
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			say();
			ask(form).catch(() => say(form.dataset.failed)); // also where somebody thinks better of it
		});
	}
}

async function ask(form: HTMLFormElement): Promise<void> {
	const options = await post(`${form.action.split("?")[0]}/options`);
	const credential =
		form.dataset.passkey === "make"
			? await navigator.credentials.create({
					publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(
						options as PublicKeyCredentialCreationOptionsJSON,
					),
				})
			: await navigator.credentials.get({
					publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON),
				});
	const { to } = (await post(form.action, (credential as PublicKeyCredential).toJSON())) as { to: string };
	location.assign(to);
}

async function post(address: string, body: unknown = {}): Promise<unknown> {
	const answer = await fetch(address, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(body),
	});
	if (!answer.ok) throw new Error(String(answer.status));
	return answer.json();
}
