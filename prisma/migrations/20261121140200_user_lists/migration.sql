-- Lists of many users: any page by address or creation time from an index, texts found by their trigrams.

-- CreateIndex
CREATE INDEX "users_tenant_id_id_idx" ON "users"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "users_tenant_id_email_idx" ON "users"("tenant_id", "email");

-- CreateIndex
CREATE INDEX "users_tenant_id_created_time_id_idx" ON "users"("tenant_id", "created_time", "id");

-- Without the extension texts are found by reading all users of the tenant.
DO $$
BEGIN
    CREATE INDEX "users_email_idx" ON "users" USING GIN ("email" gin_trgm_ops);
    CREATE INDEX "users_first_name_idx" ON "users" USING GIN ("first_name" gin_trgm_ops);
    CREATE INDEX "users_last_name_idx" ON "users" USING GIN ("last_name" gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'pg_trgm is not available: %', SQLERRM;
END $$;
