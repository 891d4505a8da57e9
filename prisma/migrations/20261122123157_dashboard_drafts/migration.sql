-- Edits of a dashboard that are not published, as with rule chains. Drafts and versions hang on the tenant and not on the
-- dashboard: they are there again when a deleted one is brought back.
CREATE TABLE "dashboard_drafts" (
    "dashboard_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "base_version" INTEGER NOT NULL,
    "document" JSON,
    "updated_time" BIGINT NOT NULL,
    "user_id" UUID,

    CONSTRAINT "dashboard_drafts_pkey" PRIMARY KEY ("dashboard_id")
);

-- Published states of dashboards. Dashboards from before get their present one when they are first changed.
CREATE TABLE "dashboard_versions" (
    "dashboard_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "created_time" BIGINT NOT NULL,
    "user_id" UUID,
    "note" VARCHAR(1000),
    "title" VARCHAR(255) NOT NULL,
    "widgets" INTEGER NOT NULL,
    "states" INTEGER NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "document" JSON NOT NULL,

    CONSTRAINT "dashboard_versions_pkey" PRIMARY KEY ("dashboard_id","version")
);

-- Dashboards that were deleted and can be brought back; the newest version is the document.
CREATE TABLE "deleted_dashboards" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "title" VARCHAR(255) NOT NULL,
    "created_time" BIGINT NOT NULL,
    "deleted_time" BIGINT NOT NULL,
    "user_id" UUID,
    "external_id" UUID,
    "version" INTEGER NOT NULL,
    "customer_ids" UUID[],

    CONSTRAINT "deleted_dashboards_pkey" PRIMARY KEY ("id")
);

-- What dashboards use, for searches. Dashboards from before are indexed when somebody first lists them.
CREATE TABLE "dashboard_index" (
    "dashboard_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "form" INTEGER NOT NULL,
    "description" TEXT,
    "tags" TEXT[],
    "widgets" INTEGER NOT NULL,
    "states" INTEGER NOT NULL,
    "entity_ids" UUID[],
    "aliases" JSON NOT NULL,
    "terms" JSON NOT NULL,
    "search_text" TEXT NOT NULL,

    CONSTRAINT "dashboard_index_pkey" PRIMARY KEY ("dashboard_id")
);

-- How one user sees a dashboard.
CREATE TABLE "dashboard_overlays" (
    "user_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "dashboard_id" UUID NOT NULL,
    "overlay" JSON NOT NULL,

    CONSTRAINT "dashboard_overlays_pkey" PRIMARY KEY ("user_id","dashboard_id")
);
CREATE INDEX "dashboard_drafts_tenant_id_idx" ON "dashboard_drafts"("tenant_id");
CREATE INDEX "dashboard_drafts_user_id_idx" ON "dashboard_drafts"("user_id");
CREATE INDEX "dashboard_versions_tenant_id_idx" ON "dashboard_versions"("tenant_id");
CREATE INDEX "dashboard_versions_user_id_idx" ON "dashboard_versions"("user_id");
CREATE INDEX "deleted_dashboards_tenant_id_deleted_time_idx" ON "deleted_dashboards"("tenant_id", "deleted_time");
CREATE INDEX "deleted_dashboards_user_id_idx" ON "deleted_dashboards"("user_id");
CREATE INDEX "dashboard_index_entity_ids_idx" ON "dashboard_index" USING GIN ("entity_ids");
CREATE UNIQUE INDEX "dashboard_index_tenant_id_dashboard_id_key" ON "dashboard_index"("tenant_id", "dashboard_id");
CREATE INDEX "dashboard_overlays_tenant_id_dashboard_id_idx" ON "dashboard_overlays"("tenant_id", "dashboard_id");
ALTER TABLE "dashboard_drafts" ADD CONSTRAINT "dashboard_drafts_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "dashboard_drafts" ADD CONSTRAINT "dashboard_drafts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "dashboard_versions" ADD CONSTRAINT "dashboard_versions_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "dashboard_versions" ADD CONSTRAINT "dashboard_versions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "deleted_dashboards" ADD CONSTRAINT "deleted_dashboards_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "deleted_dashboards" ADD CONSTRAINT "deleted_dashboards_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "dashboard_index" ADD CONSTRAINT "dashboard_index_tenant_id_dashboard_id_fkey" FOREIGN KEY ("tenant_id", "dashboard_id") REFERENCES "dashboards"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "dashboard_overlays" ADD CONSTRAINT "dashboard_overlays_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "dashboard_overlays" ADD CONSTRAINT "dashboard_overlays_tenant_id_dashboard_id_fkey" FOREIGN KEY ("tenant_id", "dashboard_id") REFERENCES "dashboards"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
