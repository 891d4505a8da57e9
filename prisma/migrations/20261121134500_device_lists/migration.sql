-- Lists of 100,000 devices: any page in any order from an index, texts found by their trigrams.
DROP INDEX "devices_tenant_id_customer_id_idx";
DROP INDEX "devices_tenant_id_device_profile_id_idx";

-- CreateIndex
CREATE INDEX "devices_tenant_id_customer_id_id_idx" ON "devices"("tenant_id", "customer_id", "id");

-- CreateIndex
CREATE INDEX "devices_tenant_id_device_profile_id_id_idx" ON "devices"("tenant_id", "device_profile_id", "id");

-- CreateIndex
CREATE INDEX "devices_tenant_id_created_time_id_idx" ON "devices"("tenant_id", "created_time", "id");

-- CreateIndex
CREATE INDEX "devices_tenant_id_name_id_idx" ON "devices"("tenant_id", "name", "id");

-- CreateIndex
CREATE INDEX "devices_tenant_id_label_id_idx" ON "devices"("tenant_id", "label", "id");

-- The extension is trusted, so whoever may create tables here may mostly create it too. Where that is forbidden, texts
-- are found by reading all devices of the tenant: slower, with the same answer.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX "devices_search_idx" ON "devices" USING GIN ("name" gin_trgm_ops, "label" gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'pg_trgm is not available: %', SQLERRM;
END $$;
