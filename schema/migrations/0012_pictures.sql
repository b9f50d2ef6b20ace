-- Pictures of pages under a click map: places, sizes and colours as the owner's browser saw them. `drawn` is JSON (schema/picture.ts).
CREATE TABLE picture (
	site TEXT NOT NULL,
	page TEXT NOT NULL,
	device TEXT NOT NULL,
	taken INTEGER NOT NULL,
	drawn TEXT NOT NULL,
	PRIMARY KEY (site, page, device)
) WITHOUT ROWID;

-- Links that let one picture in, once; the row goes when it is used. Only the hash of the secret.
CREATE TABLE picture_link (
	hash TEXT PRIMARY KEY NOT NULL,
	site TEXT NOT NULL,
	page TEXT NOT NULL,
	device TEXT NOT NULL,
	expires INTEGER NOT NULL
) WITHOUT ROWID;
