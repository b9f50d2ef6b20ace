-- Sites whose owner looks at their set-up: until then (ms since 1970) the Worker notes what their pages ask for. `look` is what the
-- last look at the owner's own page found.
CREATE TABLE setup (
	site TEXT PRIMARY KEY NOT NULL,
	until INTEGER NOT NULL,
	look TEXT
) WITHOUT ROWID;

-- What was asked for meanwhile: its kind, the file or origin it is about, and the hour (UTC) in which that was last so. Nothing of
-- who asked, and no count. Deleted with the row above.
CREATE TABLE sighting (
	site TEXT NOT NULL,
	kind TEXT NOT NULL,
	about TEXT NOT NULL,
	hour INTEGER NOT NULL,
	PRIMARY KEY (site, kind, about)
) WITHOUT ROWID;
