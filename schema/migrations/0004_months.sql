-- Month sums of sealed cells, for long ranges: derived, and made anew at will (worker/closing/months.ts).
CREATE TABLE month_cell (
	site TEXT NOT NULL,
	tree TEXT NOT NULL,
	month TEXT NOT NULL,
	key TEXT NOT NULL,
	tally TEXT NOT NULL,
	rest TEXT NOT NULL,
	trend TEXT NOT NULL,
	PRIMARY KEY (site, tree, month, key)
) WITHOUT ROWID;

-- Every month that has a closing. A change of its cells counts it up and lets none of its trees be summed, in the same batch.
CREATE TABLE month (
	site TEXT NOT NULL,
	month TEXT NOT NULL,
	changes INTEGER NOT NULL,
	cells INTEGER NOT NULL,
	trees INTEGER NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY (site, month)
) WITHOUT ROWID;

-- Closings there already are. A week belongs to the month of its Monday: 4 January always lies in the first one of its year.
INSERT INTO month
SELECT DISTINCT
	site,
	CASE
		WHEN period LIKE '____-W__' THEN strftime(
			'%Y-%m',
			substr(period, 1, 4) || '-01-04',
			'weekday 0',
			'-6 days',
			'+' || ((CAST(substr(period, 7) AS INTEGER) - 1) * 7) || ' days'
		)
		ELSE substr(period, 1, 7)
	END,
	1,
	0,
	0,
	0
FROM closing;
