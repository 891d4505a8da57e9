-- CreateTable
CREATE TABLE "tenant_profiles" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "description" TEXT,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "isolated_tb_rule_engine" BOOLEAN NOT NULL DEFAULT false,
    "profile_data" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "tenant_profiles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenants" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "additional_info" JSONB,
    "tenant_profile_id" UUID NOT NULL,
    "title" VARCHAR(255) NOT NULL,
    "region" VARCHAR(255),
    "country" VARCHAR(255),
    "state" VARCHAR(255),
    "city" VARCHAR(255),
    "address" TEXT,
    "address2" TEXT,
    "zip" VARCHAR(255),
    "phone" VARCHAR(255),
    "email" VARCHAR(255),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "tenants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customers" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "additional_info" JSONB,
    "tenant_id" UUID NOT NULL,
    "title" VARCHAR(255) NOT NULL,
    "is_public" BOOLEAN NOT NULL DEFAULT false,
    "country" VARCHAR(255),
    "state" VARCHAR(255),
    "city" VARCHAR(255),
    "address" TEXT,
    "address2" TEXT,
    "zip" VARCHAR(255),
    "phone" VARCHAR(255),
    "email" VARCHAR(255),
    "external_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "additional_info" JSONB,
    "tenant_id" UUID,
    "customer_id" UUID,
    "email" VARCHAR(255) NOT NULL,
    "authority" VARCHAR(32) NOT NULL,
    "first_name" VARCHAR(255),
    "last_name" VARCHAR(255),
    "phone" VARCHAR(255),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_credentials" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "user_id" UUID NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "password_hash" TEXT,
    "activate_token" VARCHAR(255),
    "activate_token_expiry" BIGINT,
    "reset_token" VARCHAR(255),
    "reset_token_expiry" BIGINT,
    "tokens_valid_from" BIGINT NOT NULL DEFAULT 0,
    "last_login_ts" BIGINT,
    "failed_login_attempts" INTEGER NOT NULL DEFAULT 0,
    "additional_info" JSONB,

    CONSTRAINT "user_credentials_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signed_out_sessions" (
    "session_id" VARCHAR(255) NOT NULL,
    "expires_at" BIGINT NOT NULL,

    CONSTRAINT "signed_out_sessions_pkey" PRIMARY KEY ("session_id")
);

-- CreateTable
CREATE TABLE "device_profiles" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "description" TEXT,
    "image" TEXT,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "type" VARCHAR(32) NOT NULL DEFAULT 'DEFAULT',
    "transport_type" VARCHAR(32) NOT NULL DEFAULT 'DEFAULT',
    "provision_type" VARCHAR(64) NOT NULL DEFAULT 'DISABLED',
    "provision_device_key" VARCHAR(255),
    "profile_data" JSONB NOT NULL,
    "default_rule_chain_id" UUID,
    "default_dashboard_id" UUID,
    "default_queue_name" VARCHAR(255),
    "default_edge_rule_chain_id" UUID,
    "firmware_id" UUID,
    "software_id" UUID,
    "external_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "device_profiles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "devices" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "additional_info" JSONB,
    "tenant_id" UUID NOT NULL,
    "customer_id" UUID,
    "device_profile_id" UUID NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "label" VARCHAR(255),
    "device_data" JSONB NOT NULL,
    "firmware_id" UUID,
    "software_id" UUID,
    "external_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "devices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "device_credentials" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "device_id" UUID NOT NULL,
    "credentials_type" VARCHAR(32) NOT NULL,
    "credentials_id" TEXT NOT NULL,
    "credentials_value" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "device_credentials_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "asset_profiles" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "description" TEXT,
    "image" TEXT,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "default_rule_chain_id" UUID,
    "default_dashboard_id" UUID,
    "default_queue_name" VARCHAR(255),
    "default_edge_rule_chain_id" UUID,
    "external_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "asset_profiles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assets" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "additional_info" JSONB,
    "tenant_id" UUID NOT NULL,
    "customer_id" UUID,
    "asset_profile_id" UUID NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "label" VARCHAR(255),
    "external_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "assets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "relations" (
    "tenant_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "from_type" VARCHAR(64) NOT NULL,
    "to_id" UUID NOT NULL,
    "to_type" VARCHAR(64) NOT NULL,
    "type_group" VARCHAR(64) NOT NULL DEFAULT 'COMMON',
    "type" VARCHAR(255) NOT NULL,
    "additional_info" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "relations_pkey" PRIMARY KEY ("from_id","from_type","type_group","type","to_id","to_type")
);

-- CreateTable
CREATE TABLE "rule_chains" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "additional_info" JSONB,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "type" VARCHAR(16) NOT NULL DEFAULT 'CORE',
    "first_rule_node_id" UUID,
    "root" BOOLEAN NOT NULL DEFAULT false,
    "debug_mode" BOOLEAN NOT NULL DEFAULT false,
    "notes" JSONB,
    "external_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "rule_chains_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_nodes" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "additional_info" JSONB,
    "rule_chain_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "type" VARCHAR(255) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "debug_settings" JSONB,
    "singleton_mode" BOOLEAN NOT NULL DEFAULT false,
    "queue_name" VARCHAR(255),
    "configuration_version" INTEGER NOT NULL DEFAULT 0,
    "configuration" JSON,
    "external_id" UUID,

    CONSTRAINT "rule_nodes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_node_connections" (
    "rule_chain_id" UUID NOT NULL,
    "from_node_id" UUID NOT NULL,
    "to_node_id" UUID NOT NULL,
    "type" VARCHAR(255) NOT NULL,

    CONSTRAINT "rule_node_connections_pkey" PRIMARY KEY ("from_node_id","to_node_id","type")
);

-- CreateTable
CREATE TABLE "alarms" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "customer_id" UUID,
    "type" VARCHAR(255) NOT NULL,
    "originator_id" UUID NOT NULL,
    "originator_type" VARCHAR(64) NOT NULL,
    "severity" VARCHAR(32) NOT NULL,
    "acknowledged" BOOLEAN NOT NULL DEFAULT false,
    "cleared" BOOLEAN NOT NULL DEFAULT false,
    "assignee_id" UUID,
    "start_ts" BIGINT NOT NULL,
    "end_ts" BIGINT NOT NULL,
    "ack_ts" BIGINT NOT NULL DEFAULT 0,
    "clear_ts" BIGINT NOT NULL DEFAULT 0,
    "assign_ts" BIGINT NOT NULL DEFAULT 0,
    "details" JSONB,
    "propagate" BOOLEAN NOT NULL DEFAULT false,
    "propagate_to_owner" BOOLEAN NOT NULL DEFAULT false,
    "propagate_to_tenant" BOOLEAN NOT NULL DEFAULT false,
    "propagate_relation_types" TEXT[],

    CONSTRAINT "alarms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entity_alarm" (
    "tenant_id" UUID NOT NULL,
    "entity_type" VARCHAR(64) NOT NULL,
    "entity_id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "alarm_type" VARCHAR(255) NOT NULL,
    "customer_id" UUID,
    "alarm_id" UUID NOT NULL,

    CONSTRAINT "entity_alarm_pkey" PRIMARY KEY ("entity_id","alarm_id")
);

-- CreateTable
CREATE TABLE "alarm_comments" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "alarm_id" UUID NOT NULL,
    "user_id" UUID,
    "type" VARCHAR(16) NOT NULL,
    "comment" JSONB NOT NULL,

    CONSTRAINT "alarm_comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dashboards" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "title" VARCHAR(255) NOT NULL,
    "image" TEXT,
    "mobile_hide" BOOLEAN NOT NULL DEFAULT false,
    "mobile_order" INTEGER,
    "configuration" JSON NOT NULL,
    "external_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "dashboards_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dashboard_assignments" (
    "tenant_id" UUID NOT NULL,
    "dashboard_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,

    CONSTRAINT "dashboard_assignments_pkey" PRIMARY KEY ("dashboard_id","customer_id")
);

-- CreateTable
CREATE TABLE "queues" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "additional_info" JSONB,
    "tenant_id" UUID,
    "name" VARCHAR(255) NOT NULL,
    "topic" VARCHAR(255) NOT NULL,
    "poll_interval" INTEGER NOT NULL,
    "partitions" INTEGER NOT NULL,
    "consumer_per_partition" BOOLEAN NOT NULL,
    "pack_processing_timeout" INTEGER NOT NULL,
    "submit_strategy" JSONB NOT NULL,
    "processing_strategy" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "queues_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "admin_settings" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID,
    "key" VARCHAR(255) NOT NULL,
    "json_value" JSONB NOT NULL,

    CONSTRAINT "admin_settings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "tenant_profiles_name_key" ON "tenant_profiles"("name");

-- CreateIndex
CREATE INDEX "tenants_tenant_profile_id_idx" ON "tenants"("tenant_profile_id");

-- CreateIndex
CREATE UNIQUE INDEX "customers_tenant_id_id_key" ON "customers"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "customers_tenant_id_title_key" ON "customers"("tenant_id", "title");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "users_tenant_id_customer_id_idx" ON "users"("tenant_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_credentials_user_id_key" ON "user_credentials"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_credentials_activate_token_key" ON "user_credentials"("activate_token");

-- CreateIndex
CREATE UNIQUE INDEX "user_credentials_reset_token_key" ON "user_credentials"("reset_token");

-- CreateIndex
CREATE INDEX "signed_out_sessions_expires_at_idx" ON "signed_out_sessions"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "device_profiles_provision_device_key_key" ON "device_profiles"("provision_device_key");

-- CreateIndex
CREATE UNIQUE INDEX "device_profiles_tenant_id_id_key" ON "device_profiles"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "device_profiles_tenant_id_name_key" ON "device_profiles"("tenant_id", "name");

-- CreateIndex
CREATE INDEX "devices_tenant_id_customer_id_idx" ON "devices"("tenant_id", "customer_id");

-- CreateIndex
CREATE INDEX "devices_tenant_id_device_profile_id_idx" ON "devices"("tenant_id", "device_profile_id");

-- CreateIndex
CREATE UNIQUE INDEX "devices_tenant_id_name_key" ON "devices"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "device_credentials_device_id_key" ON "device_credentials"("device_id");

-- CreateIndex
CREATE UNIQUE INDEX "device_credentials_credentials_id_key" ON "device_credentials"("credentials_id");

-- CreateIndex
CREATE UNIQUE INDEX "asset_profiles_tenant_id_id_key" ON "asset_profiles"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "asset_profiles_tenant_id_name_key" ON "asset_profiles"("tenant_id", "name");

-- CreateIndex
CREATE INDEX "assets_tenant_id_customer_id_idx" ON "assets"("tenant_id", "customer_id");

-- CreateIndex
CREATE INDEX "assets_tenant_id_asset_profile_id_idx" ON "assets"("tenant_id", "asset_profile_id");

-- CreateIndex
CREATE UNIQUE INDEX "assets_tenant_id_name_key" ON "assets"("tenant_id", "name");

-- CreateIndex
CREATE INDEX "relations_to_id_to_type_type_group_idx" ON "relations"("to_id", "to_type", "type_group");

-- CreateIndex
CREATE INDEX "relations_tenant_id_idx" ON "relations"("tenant_id");

-- CreateIndex
CREATE INDEX "rule_chains_tenant_id_name_idx" ON "rule_chains"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "rule_chains_tenant_id_id_key" ON "rule_chains"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "rule_nodes_rule_chain_id_position_idx" ON "rule_nodes"("rule_chain_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "rule_nodes_rule_chain_id_id_key" ON "rule_nodes"("rule_chain_id", "id");

-- CreateIndex
CREATE INDEX "rule_node_connections_rule_chain_id_idx" ON "rule_node_connections"("rule_chain_id");

-- CreateIndex
CREATE INDEX "alarms_tenant_id_created_time_idx" ON "alarms"("tenant_id", "created_time" DESC);

-- CreateIndex
CREATE INDEX "alarms_originator_id_created_time_idx" ON "alarms"("originator_id", "created_time" DESC);

-- CreateIndex
CREATE INDEX "alarms_assignee_id_idx" ON "alarms"("assignee_id");

-- CreateIndex
CREATE INDEX "entity_alarm_tenant_id_entity_id_created_time_idx" ON "entity_alarm"("tenant_id", "entity_id", "created_time" DESC);

-- CreateIndex
CREATE INDEX "entity_alarm_alarm_id_idx" ON "entity_alarm"("alarm_id");

-- CreateIndex
CREATE INDEX "alarm_comments_alarm_id_created_time_idx" ON "alarm_comments"("alarm_id", "created_time");

-- CreateIndex
CREATE INDEX "dashboards_tenant_id_title_idx" ON "dashboards"("tenant_id", "title");

-- CreateIndex
CREATE UNIQUE INDEX "dashboards_tenant_id_id_key" ON "dashboards"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "dashboard_assignments_tenant_id_customer_id_idx" ON "dashboard_assignments"("tenant_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "queues_tenant_id_name_key" ON "queues"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "admin_settings_tenant_id_key_key" ON "admin_settings"("tenant_id", "key");

-- AddForeignKey
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_tenant_profile_id_fkey" FOREIGN KEY ("tenant_profile_id") REFERENCES "tenant_profiles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customers" ADD CONSTRAINT "customers_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_tenant_id_customer_id_fkey" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_credentials" ADD CONSTRAINT "user_credentials_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_profiles" ADD CONSTRAINT "device_profiles_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_profiles" ADD CONSTRAINT "device_profiles_tenant_id_default_rule_chain_id_fkey" FOREIGN KEY ("tenant_id", "default_rule_chain_id") REFERENCES "rule_chains"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_profiles" ADD CONSTRAINT "device_profiles_tenant_id_default_dashboard_id_fkey" FOREIGN KEY ("tenant_id", "default_dashboard_id") REFERENCES "dashboards"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "devices" ADD CONSTRAINT "devices_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "devices" ADD CONSTRAINT "devices_tenant_id_customer_id_fkey" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "devices" ADD CONSTRAINT "devices_tenant_id_device_profile_id_fkey" FOREIGN KEY ("tenant_id", "device_profile_id") REFERENCES "device_profiles"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_credentials" ADD CONSTRAINT "device_credentials_device_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "asset_profiles" ADD CONSTRAINT "asset_profiles_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "asset_profiles" ADD CONSTRAINT "asset_profiles_tenant_id_default_rule_chain_id_fkey" FOREIGN KEY ("tenant_id", "default_rule_chain_id") REFERENCES "rule_chains"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "asset_profiles" ADD CONSTRAINT "asset_profiles_tenant_id_default_dashboard_id_fkey" FOREIGN KEY ("tenant_id", "default_dashboard_id") REFERENCES "dashboards"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assets" ADD CONSTRAINT "assets_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assets" ADD CONSTRAINT "assets_tenant_id_customer_id_fkey" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assets" ADD CONSTRAINT "assets_tenant_id_asset_profile_id_fkey" FOREIGN KEY ("tenant_id", "asset_profile_id") REFERENCES "asset_profiles"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relations" ADD CONSTRAINT "relations_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_chains" ADD CONSTRAINT "rule_chains_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_nodes" ADD CONSTRAINT "rule_nodes_rule_chain_id_fkey" FOREIGN KEY ("rule_chain_id") REFERENCES "rule_chains"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_node_connections" ADD CONSTRAINT "rule_node_connections_rule_chain_id_fkey" FOREIGN KEY ("rule_chain_id") REFERENCES "rule_chains"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_node_connections" ADD CONSTRAINT "rule_node_connections_rule_chain_id_from_node_id_fkey" FOREIGN KEY ("rule_chain_id", "from_node_id") REFERENCES "rule_nodes"("rule_chain_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_node_connections" ADD CONSTRAINT "rule_node_connections_rule_chain_id_to_node_id_fkey" FOREIGN KEY ("rule_chain_id", "to_node_id") REFERENCES "rule_nodes"("rule_chain_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alarms" ADD CONSTRAINT "alarms_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alarms" ADD CONSTRAINT "alarms_tenant_id_customer_id_fkey" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alarms" ADD CONSTRAINT "alarms_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entity_alarm" ADD CONSTRAINT "entity_alarm_alarm_id_fkey" FOREIGN KEY ("alarm_id") REFERENCES "alarms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alarm_comments" ADD CONSTRAINT "alarm_comments_alarm_id_fkey" FOREIGN KEY ("alarm_id") REFERENCES "alarms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alarm_comments" ADD CONSTRAINT "alarm_comments_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dashboards" ADD CONSTRAINT "dashboards_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dashboard_assignments" ADD CONSTRAINT "dashboard_assignments_tenant_id_dashboard_id_fkey" FOREIGN KEY ("tenant_id", "dashboard_id") REFERENCES "dashboards"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dashboard_assignments" ADD CONSTRAINT "dashboard_assignments_tenant_id_customer_id_fkey" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queues" ADD CONSTRAINT "queues_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "admin_settings" ADD CONSTRAINT "admin_settings_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------------
-- What the Prisma schema cannot express
-- ---------------------------------------------------------------------------------------------------------------------

-- NULL tenant = system-wide; a plain unique index lets NULLs repeat.
CREATE UNIQUE INDEX "queues_system_name_key" ON "queues" ("name") WHERE "tenant_id" IS NULL;
CREATE UNIQUE INDEX "admin_settings_system_key_key" ON "admin_settings" ("key") WHERE "tenant_id" IS NULL;

CREATE UNIQUE INDEX "rule_chains_one_root_key" ON "rule_chains" ("tenant_id", "type") WHERE "root";
CREATE UNIQUE INDEX "device_profiles_one_default_key" ON "device_profiles" ("tenant_id") WHERE "is_default";
CREATE UNIQUE INDEX "asset_profiles_one_default_key" ON "asset_profiles" ("tenant_id") WHERE "is_default";
CREATE UNIQUE INDEX "tenant_profiles_one_default_key" ON "tenant_profiles" ("is_default") WHERE "is_default";

-- One active alarm per originator and type: creating it again updates it.
CREATE UNIQUE INDEX "alarms_one_active_key" ON "alarms" ("originator_id", "type") WHERE NOT "cleared";

-- ---------------------------------------------------------------------------------------------------------------------
-- Telemetry and attributes. Written in bulk with `unnest ... ON CONFLICT`; entities and keys are integers in the rows
-- (8 bytes instead of 16 + text). No foreign keys to the dictionaries: they would cost a look-up per row.
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE "telemetry_keys" (
    "id" INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "key" TEXT NOT NULL UNIQUE
);

CREATE TABLE "telemetry_entities" (
    "ref" INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "entity_id" UUID NOT NULL UNIQUE,
    "entity_type" TEXT NOT NULL,
    "tenant_id" UUID NOT NULL,
    -- Epoch ms of the entity's deletion; maintenance removes what it stored, then this row.
    "deleted_at" BIGINT
);
CREATE INDEX "telemetry_entities_tenant_id_idx" ON "telemetry_entities" ("tenant_id");
CREATE INDEX "telemetry_entities_deleted_at_idx" ON "telemetry_entities" ("deleted_at") WHERE "deleted_at" IS NOT NULL;

-- Exactly one value column is set. json_v is text, so that a document comes back exactly as it was sent (member order,
-- number forms, \u0000 escapes, which jsonb refuses).
CREATE TABLE "ts_kv" (
    "entity" INTEGER NOT NULL,
    "key" INTEGER NOT NULL,
    "ts" BIGINT NOT NULL,
    "long_v" BIGINT,
    "dbl_v" DOUBLE PRECISION,
    "bool_v" BOOLEAN,
    "str_v" TEXT,
    "json_v" TEXT,
    PRIMARY KEY ("entity", "key", "ts")
) PARTITION BY RANGE ("ts");
-- Months get their own partition before the first write; this one takes the times nobody believes (1970, 2106 ...).
CREATE TABLE "ts_kv_default" PARTITION OF "ts_kv" DEFAULT;

-- Every row is updated over and over: room on the page keeps the updates heap-only, without touching the index.
CREATE TABLE "ts_kv_latest" (
    "entity" INTEGER NOT NULL,
    "key" INTEGER NOT NULL,
    "ts" BIGINT NOT NULL,
    "long_v" BIGINT,
    "dbl_v" DOUBLE PRECISION,
    "bool_v" BOOLEAN,
    "str_v" TEXT,
    "json_v" TEXT,
    PRIMARY KEY ("entity", "key")
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

CREATE TABLE "attributes" (
    "entity" INTEGER NOT NULL,
    "key" INTEGER NOT NULL,
    -- 1 client, 2 server, 3 shared
    "scope" SMALLINT NOT NULL,
    "bool_v" BOOLEAN,
    "last_update_ts" BIGINT NOT NULL,
    "long_v" BIGINT,
    "dbl_v" DOUBLE PRECISION,
    "str_v" TEXT,
    "json_v" TEXT,
    PRIMARY KEY ("entity", "scope", "key")
) WITH (fillfactor = 80);

-- ---------------------------------------------------------------------------------------------------------------------
-- Events, audit, dead letters: partitioned apart from entities, dropped by partition. Bodies are json, not jsonb: they
-- hold whatever devices sent, and jsonb refuses \u0000.
-- ---------------------------------------------------------------------------------------------------------------------

-- By day; kept a week.
CREATE TABLE "debug_events" (
    "id" UUID NOT NULL,
    "ts" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "entity_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "body" JSON NOT NULL,
    PRIMARY KEY ("entity_id", "ts", "id")
) PARTITION BY RANGE ("ts");
CREATE TABLE "debug_events_default" PARTITION OF "debug_events" DEFAULT;

-- By month: started, stopped, failed, statistics.
CREATE TABLE "lifecycle_events" (
    "id" UUID NOT NULL,
    "ts" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "entity_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "body" JSON NOT NULL,
    PRIMARY KEY ("entity_id", "ts", "id")
) PARTITION BY RANGE ("ts");
CREATE TABLE "lifecycle_events_default" PARTITION OF "lifecycle_events" DEFAULT;

-- By month.
CREATE TABLE "audit_logs" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "customer_id" UUID,
    "entity_type" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "entity_name" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "action_type" TEXT NOT NULL,
    "action_data" JSON NOT NULL,
    "action_status" TEXT NOT NULL,
    "action_failure_details" TEXT NOT NULL,
    PRIMARY KEY ("tenant_id", "created_time", "id")
) PARTITION BY RANGE ("created_time");
CREATE INDEX "audit_logs_entity_idx" ON "audit_logs" ("entity_id", "created_time");
CREATE TABLE "audit_logs_default" PARTITION OF "audit_logs" DEFAULT;

-- By month.
CREATE TABLE "dead_letters" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "queue_name" TEXT NOT NULL,
    "rule_chain_id" UUID,
    "rule_node_id" UUID,
    "error" TEXT NOT NULL,
    "message" JSON NOT NULL,
    PRIMARY KEY ("tenant_id", "created_time", "id")
) PARTITION BY RANGE ("created_time");
CREATE TABLE "dead_letters_default" PARTITION OF "dead_letters" DEFAULT;

-- ---------------------------------------------------------------------------------------------------------------------
-- The ledger: accepted = stored + finished + dead_lettered + rejected, per tenant and minute of the accept.
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE "ledger" (
    "tenant_id" UUID NOT NULL,
    -- Epoch ms of the minute's start.
    "minute" BIGINT NOT NULL,
    "accepted" BIGINT NOT NULL DEFAULT 0,
    "rejected" BIGINT NOT NULL DEFAULT 0,
    "stored" BIGINT NOT NULL DEFAULT 0,
    "finished" BIGINT NOT NULL DEFAULT 0,
    "dead_lettered" BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY ("tenant_id", "minute")
) WITH (fillfactor = 70);

-- Remembers which batches are counted, so that a batch that runs twice counts once. A row must outlive the longest time
-- its job can wait or be retried in the queue; maintenance prunes after two days.
CREATE TABLE "settled_batches" (
    "batch_id" UUID PRIMARY KEY,
    "settled_at" BIGINT NOT NULL
);
CREATE INDEX "settled_batches_settled_at_idx" ON "settled_batches" USING BRIN ("settled_at");
