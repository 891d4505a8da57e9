-- Lists of 100,000 assets: any page by creation time or label from an index, texts found by their trigrams.

-- CreateIndex
CREATE INDEX "assets_tenant_id_created_time_id_idx" ON "assets"("tenant_id", "created_time", "id");

-- CreateIndex
CREATE INDEX "assets_tenant_id_label_id_idx" ON "assets"("tenant_id", "label", "id");

-- The extension is trusted, so whoever may create tables here may mostly create it too. Where that is forbidden, texts
-- are found by reading all assets of the tenant: slower, with the same answer.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX "assets_name_idx" ON "assets" USING GIN ("name" gin_trgm_ops);
    CREATE INDEX "assets_label_idx" ON "assets" USING GIN ("label" gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'pg_trgm is not available: %', SQLERRM;
END $$;
