-- AlterTable
ALTER TABLE "user_credentials" ADD COLUMN     "password_history" JSONB,
ADD COLUMN     "password_set_time" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "user_auth_settings" (
    "user_id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "two_fa_settings" JSONB NOT NULL,

    CONSTRAINT "user_auth_settings_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "user_settings" (
    "user_id" UUID NOT NULL,
    "type" VARCHAR(50) NOT NULL,
    "settings" JSON NOT NULL,

    CONSTRAINT "user_settings_pkey" PRIMARY KEY ("user_id","type")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID,
    "user_id" UUID NOT NULL,
    "description" VARCHAR(255) NOT NULL,
    "value_hash" VARCHAR(64) NOT NULL,
    "expiration_time" BIGINT NOT NULL DEFAULT 0,
    "enabled" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entity_views" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "additional_info" JSONB,
    "tenant_id" UUID NOT NULL,
    "customer_id" UUID,
    "entity_id" UUID NOT NULL,
    "entity_type" VARCHAR(64) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "type" VARCHAR(255) NOT NULL,
    "keys" JSONB NOT NULL,
    "start_ts" BIGINT NOT NULL DEFAULT 0,
    "end_ts" BIGINT NOT NULL DEFAULT 0,
    "external_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "entity_views_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alarm_types" (
    "tenant_id" UUID NOT NULL,
    "type" VARCHAR(255) NOT NULL,

    CONSTRAINT "alarm_types_pkey" PRIMARY KEY ("tenant_id","type")
);

-- CreateTable
CREATE TABLE "queue_stats" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "queue_name" VARCHAR(255) NOT NULL,
    "service_id" VARCHAR(255) NOT NULL,

    CONSTRAINT "queue_stats_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_usage_states" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "entity_id" UUID NOT NULL,
    "entity_type" VARCHAR(64) NOT NULL,
    "transport_state" VARCHAR(16) NOT NULL DEFAULT 'ENABLED',
    "db_storage_state" VARCHAR(16) NOT NULL DEFAULT 'ENABLED',
    "re_exec_state" VARCHAR(16) NOT NULL DEFAULT 'ENABLED',
    "js_exec_state" VARCHAR(16) NOT NULL DEFAULT 'ENABLED',
    "tbel_exec_state" VARCHAR(16) NOT NULL DEFAULT 'ENABLED',
    "email_exec_state" VARCHAR(16) NOT NULL DEFAULT 'ENABLED',
    "sms_exec_state" VARCHAR(16) NOT NULL DEFAULT 'ENABLED',
    "alarm_exec_state" VARCHAR(16) NOT NULL DEFAULT 'ENABLED',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "api_usage_states_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "widgets_bundles" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID,
    "alias" VARCHAR(255) NOT NULL,
    "title" VARCHAR(255) NOT NULL,
    "image" TEXT,
    "scada" BOOLEAN NOT NULL DEFAULT false,
    "description" TEXT,
    "sort_order" INTEGER,
    "external_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "widgets_bundles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "widget_types" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID,
    "fqn" VARCHAR(512) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "deprecated" BOOLEAN NOT NULL DEFAULT false,
    "scada" BOOLEAN NOT NULL DEFAULT false,
    "descriptor" JSON NOT NULL,
    "image" TEXT,
    "description" TEXT,
    "tags" TEXT[],
    "external_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "widget_types_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "widgets_bundle_widgets" (
    "widgets_bundle_id" UUID NOT NULL,
    "widget_type_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "widgets_bundle_widgets_pkey" PRIMARY KEY ("widgets_bundle_id","widget_type_id")
);

-- CreateTable
CREATE TABLE "resources" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID,
    "title" VARCHAR(255) NOT NULL,
    "resource_type" VARCHAR(32) NOT NULL,
    "resource_sub_type" VARCHAR(32),
    "resource_key" VARCHAR(255) NOT NULL,
    "is_public" BOOLEAN NOT NULL DEFAULT false,
    "public_resource_key" VARCHAR(64),
    "search_text" TEXT,
    "etag" VARCHAR(128),
    "file_name" VARCHAR(255) NOT NULL,
    "descriptor" JSONB,
    "external_id" UUID,
    "data_size" BIGINT NOT NULL DEFAULT 0,
    "data" BYTEA,
    "preview" BYTEA,

    CONSTRAINT "resources_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ota_packages" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "additional_info" JSONB,
    "tenant_id" UUID NOT NULL,
    "device_profile_id" UUID,
    "type" VARCHAR(16) NOT NULL,
    "title" VARCHAR(255) NOT NULL,
    "package_version" VARCHAR(255) NOT NULL,
    "tag" VARCHAR(255),
    "url" VARCHAR(255),
    "file_name" VARCHAR(255),
    "content_type" VARCHAR(255),
    "checksum_algorithm" VARCHAR(32),
    "checksum" VARCHAR(1020),
    "data_size" BIGINT,
    "external_id" UUID,

    CONSTRAINT "ota_packages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ota_package_data" (
    "ota_package_id" UUID NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "ota_package_data_pkey" PRIMARY KEY ("ota_package_id")
);

-- CreateTable
CREATE TABLE "rpcs" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "device_id" UUID NOT NULL,
    "expiration_time" BIGINT NOT NULL,
    "request" JSONB NOT NULL,
    "response" JSONB,
    "status" VARCHAR(16) NOT NULL,
    "additional_info" JSONB,

    CONSTRAINT "rpcs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_value_hash_key" ON "api_keys"("value_hash");

-- CreateIndex
CREATE INDEX "api_keys_user_id_idx" ON "api_keys"("user_id");

-- CreateIndex
CREATE INDEX "entity_views_tenant_id_customer_id_idx" ON "entity_views"("tenant_id", "customer_id");

-- CreateIndex
CREATE INDEX "entity_views_entity_id_idx" ON "entity_views"("entity_id");

-- CreateIndex
CREATE UNIQUE INDEX "entity_views_tenant_id_id_key" ON "entity_views"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "entity_views_tenant_id_name_key" ON "entity_views"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "queue_stats_tenant_id_queue_name_service_id_key" ON "queue_stats"("tenant_id", "queue_name", "service_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_usage_states_entity_id_key" ON "api_usage_states"("entity_id");

-- CreateIndex
CREATE INDEX "api_usage_states_tenant_id_idx" ON "api_usage_states"("tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "widgets_bundles_tenant_id_alias_key" ON "widgets_bundles"("tenant_id", "alias");

-- CreateIndex
CREATE UNIQUE INDEX "widget_types_tenant_id_fqn_key" ON "widget_types"("tenant_id", "fqn");

-- CreateIndex
CREATE INDEX "widgets_bundle_widgets_widget_type_id_idx" ON "widgets_bundle_widgets"("widget_type_id");

-- CreateIndex
CREATE UNIQUE INDEX "resources_public_resource_key_key" ON "resources"("public_resource_key");

-- CreateIndex
CREATE UNIQUE INDEX "resources_tenant_id_resource_type_resource_key_key" ON "resources"("tenant_id", "resource_type", "resource_key");

-- CreateIndex
CREATE UNIQUE INDEX "ota_packages_tenant_id_title_package_version_key" ON "ota_packages"("tenant_id", "title", "package_version");

-- CreateIndex
CREATE INDEX "rpcs_tenant_id_device_id_created_time_idx" ON "rpcs"("tenant_id", "device_id", "created_time" DESC);

-- CreateIndex
CREATE INDEX "rpcs_status_expiration_time_idx" ON "rpcs"("status", "expiration_time");

-- CreateIndex
CREATE UNIQUE INDEX "assets_tenant_id_id_key" ON "assets"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "devices_tenant_id_id_key" ON "devices"("tenant_id", "id");

-- AddForeignKey
ALTER TABLE "user_auth_settings" ADD CONSTRAINT "user_auth_settings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_settings" ADD CONSTRAINT "user_settings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entity_views" ADD CONSTRAINT "entity_views_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entity_views" ADD CONSTRAINT "entity_views_tenant_id_customer_id_fkey" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alarm_types" ADD CONSTRAINT "alarm_types_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_stats" ADD CONSTRAINT "queue_stats_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_usage_states" ADD CONSTRAINT "api_usage_states_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "widgets_bundles" ADD CONSTRAINT "widgets_bundles_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "widget_types" ADD CONSTRAINT "widget_types_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "widgets_bundle_widgets" ADD CONSTRAINT "widgets_bundle_widgets_widgets_bundle_id_fkey" FOREIGN KEY ("widgets_bundle_id") REFERENCES "widgets_bundles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "widgets_bundle_widgets" ADD CONSTRAINT "widgets_bundle_widgets_widget_type_id_fkey" FOREIGN KEY ("widget_type_id") REFERENCES "widget_types"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resources" ADD CONSTRAINT "resources_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ota_packages" ADD CONSTRAINT "ota_packages_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ota_packages" ADD CONSTRAINT "ota_packages_tenant_id_device_profile_id_fkey" FOREIGN KEY ("tenant_id", "device_profile_id") REFERENCES "device_profiles"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ota_package_data" ADD CONSTRAINT "ota_package_data_ota_package_id_fkey" FOREIGN KEY ("ota_package_id") REFERENCES "ota_packages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rpcs" ADD CONSTRAINT "rpcs_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rpcs" ADD CONSTRAINT "rpcs_tenant_id_device_id_fkey" FOREIGN KEY ("tenant_id", "device_id") REFERENCES "devices"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express -----------------------------------------------------------------------------------------

-- A unique key does not count rows without a tenant: what comes with the product needs its own.
CREATE UNIQUE INDEX "widgets_bundles_system_alias_key" ON "widgets_bundles" ("alias") WHERE "tenant_id" IS NULL;
CREATE UNIQUE INDEX "widget_types_system_fqn_key" ON "widget_types" ("fqn") WHERE "tenant_id" IS NULL;
CREATE UNIQUE INDEX "resources_system_key_key" ON "resources" ("resource_type", "resource_key") WHERE "tenant_id" IS NULL;
CREATE UNIQUE INDEX "customers_one_public_key" ON "customers" ("tenant_id") WHERE "is_public";
CREATE INDEX "users_customer_id_idx" ON "users" ("customer_id") WHERE "customer_id" IS NOT NULL;

CREATE INDEX "audit_logs_user_idx" ON "audit_logs" ("user_id", "created_time");
CREATE INDEX "audit_logs_customer_idx" ON "audit_logs" ("customer_id", "created_time") WHERE "customer_id" IS NOT NULL;
