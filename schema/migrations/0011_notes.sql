-- What owners write down about their site, shown on its trend lines: a day (`first` = `last`) or a span of days. Nothing in it is about visitors.
CREATE TABLE note (
	site TEXT NOT NULL,
	id TEXT NOT NULL,
	first TEXT NOT NULL,
	last TEXT NOT NULL,
	text TEXT NOT NULL,
	page TEXT,
	PRIMARY KEY (site, id)
) WITHOUT ROWID;

-- A script that sends the same note again changes nothing.
CREATE UNIQUE INDEX note_once ON note (site, first, last, text);
