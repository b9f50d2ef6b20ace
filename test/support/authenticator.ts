/** A virtual authenticator of Chromium's: a passkey provider that says yes at once. */
import type { Page } from "playwright-core";

/** Gives it to a page; its passkeys stay as long as the page. `isThere: false`: nobody proves to be the owner. */
export async function addAuthenticator(page: Page, { isThere = true } = {}): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send("WebAuthn.enable");
	await session.send("WebAuthn.addVirtualAuthenticator", {
		options: {
			protocol: "ctap2",
			transport: "internal",
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: isThere,
			automaticPresenceSimulation: true,
		},
	});
}
