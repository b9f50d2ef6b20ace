-- What was taken out of sealed statistics: one row a batch, in the transaction that changes the cells, so that it happens once.
-- Kept as long as the period. `number` counts a period's batches: of two that start from the same cells, one fails and is tried again.
CREATE TABLE erasure (
	site TEXT NOT NULL,
	period TEXT NOT NULL,
	number INTEGER NOT NULL,
	batch TEXT NOT NULL,
	applied INTEGER NOT NULL,
	PRIMARY KEY (site, period, number)
) WITHOUT ROWID;
