/** The tools whose history can be imported. Stored with the periods: append only. */
export const importSources = ["plausible", "umami", "ga4", "matomo"] as const;
export type ImportSource = (typeof importSources)[number];

/** As people write them. */
export const sourceNames: Record<ImportSource, string> = {
	plausible: "Plausible",
	umami: "Umami",
	ga4: "Google Analytics 4",
	matomo: "Matomo",
};
