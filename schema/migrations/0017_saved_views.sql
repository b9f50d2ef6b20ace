-- Views of the pages of figures that people have saved under a name, shared by all who read the site: the page and its canonical query,
-- never an address. `account` made it; it may be gone meanwhile. Nothing in it is about visitors.
CREATE TABLE saved_view (
	site TEXT NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	section TEXT NOT NULL,
	query TEXT NOT NULL,
	account TEXT NOT NULL,
	PRIMARY KEY (site, id)
) WITHOUT ROWID;

-- A name stands for one view.
CREATE UNIQUE INDEX saved_view_name ON saved_view (site, name);
