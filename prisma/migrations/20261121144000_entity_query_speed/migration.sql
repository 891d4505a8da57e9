-- Tells in two look-ups whether an attribute key lives in one scope only, which spares queries the search for newer values
-- in other scopes. Neither column changes when a value does, so updates stay within their page and never touch the index.
CREATE INDEX "attributes_key_scope_idx" ON "attributes" ("key", "scope");

-- Which columns have values depends on the key: without this the planner expects a tenth of the rows of a boolean filter
-- and looks them up one by one.
CREATE STATISTICS "attributes_value_stats" (mcv) ON "key", "scope", "bool_v" FROM "attributes";
CREATE STATISTICS "ts_kv_latest_value_stats" (mcv) ON "key", "bool_v" FROM "ts_kv_latest";
