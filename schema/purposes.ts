/** The purposes a visitor can grant, and which part of a report each one covers. */

export const purposes = ["performance", "visits", "interactions"] as const;
export type Purpose = (typeof purposes)[number];

/** Parts of a report that may only be there when their purpose was granted. */
export const purposeOfPart = {
	speed: "performance",
	visit: "visits",
	time: "visits",
	leaving: "visits",
	interaction: "interactions",
	own: "interactions",
} as const satisfies Record<string, Purpose>;
