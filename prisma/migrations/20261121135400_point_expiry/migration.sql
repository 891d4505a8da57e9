-- Points that were saved with a time to live of their own, and when it is over; maintenance reads from the old end. A
-- side table, so that points without one (nearly all) cost nothing. No key: a repeated batch may note a point twice.
CREATE TABLE "ts_kv_expiring" (
    "expires_at" BIGINT NOT NULL,
    "entity" INTEGER NOT NULL,
    "key" INTEGER NOT NULL,
    "ts" BIGINT NOT NULL
);
CREATE INDEX "ts_kv_expiring_expires_at_idx" ON "ts_kv_expiring" ("expires_at");
