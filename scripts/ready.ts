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
	/** Null until there are releases. */
	partnerLink: string | null;
}
