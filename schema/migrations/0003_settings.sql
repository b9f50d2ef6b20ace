-- What the owner has set about measuring: goals, funnels, hash routes, names of search parameters (schema/settings.ts).
-- One JSON text, because it is read and written as a whole and never asked for by its parts.
ALTER TABLE site ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
