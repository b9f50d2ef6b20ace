/** The banner's own words, one set per language. Leaves out what a site says about itself: that is its notice. */
import type { Purpose } from "./purposes.ts";

export interface BannerWords {
	/** Name of the banner, and of the small button that opens it. */
	label: string;
	accept: string;
	decline: string;
	/** In place of declining where a grant is in force. */
	withdraw: string;
	/** Opens the purposes, and is their heading. */
	choose: string;
	save: string;
	close: string;
	/** Opens what this browser has contributed. */
	mine: string;
	/** The same, offered when a grant has just been withdrawn. */
	erase: string;
	/** Before the names of the purposes that are granted. */
	granted: string;
	refused: string;
	/** The browser asks for it: Global Privacy Control, Do Not Track. */
	silenced: string;
	/** Announced after a choice. */
	thanks: string;
	/** Above what a new version of the notice has changed. */
	changed: string;
	/** Before the address for questions. */
	contact: string;
	more: string;
	/** Name and meaning of each purpose. */
	purposes: Record<Purpose, readonly [name: string, meaning: string]>;
}
