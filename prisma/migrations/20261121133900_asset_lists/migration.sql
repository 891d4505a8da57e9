-- Lists of 100,000 assets: any page by creation time or label from an index, texts found by their trigrams.
-- The extension is trusted: whoever may create tables here may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateIndex
CREATE INDEX "assets_tenant_id_created_time_id_idx" ON "assets"("tenant_id", "created_time", "id");

-- CreateIndex
CREATE INDEX "assets_tenant_id_label_id_idx" ON "assets"("tenant_id", "label", "id");

-- CreateIndex
CREATE INDEX "assets_name_idx" ON "assets" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "assets_label_idx" ON "assets" USING GIN ("label" gin_trgm_ops);
