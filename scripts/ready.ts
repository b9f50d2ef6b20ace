/** What `npm start` tells whoever started it: the JSON of its last line. */

export interface Ready {
	/** Address of the Worker. */
	app: string;
	/** Address of the demo shop. */
	site: string;
	siteId: string;
	/** One-time link that signs the owner in. */
	signIn: string;
	ownerKey: string;
	/** Invitation that lets one person read the demo's release; null where its owner has ended it. */
	partnerLink: string | null;
}
