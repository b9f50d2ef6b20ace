-- Busy sites: how many books a site has, and which D1 database holds its closed books (0 is DB, 1 is DB_1, …). Every database has
-- all tables; what is common (site, policy, access) is kept in DB.
ALTER TABLE site ADD COLUMN books INTEGER NOT NULL DEFAULT 1;
ALTER TABLE site ADD COLUMN shard INTEGER NOT NULL DEFAULT 0;
