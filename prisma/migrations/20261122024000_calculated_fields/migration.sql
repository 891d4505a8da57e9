CREATE TABLE "calculated_fields" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "entity_type" VARCHAR(32) NOT NULL,
    "entity_id" UUID NOT NULL,
    "type" VARCHAR(32) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "debug_settings" JSONB,
    "configuration_version" INTEGER NOT NULL DEFAULT 0,
    "configuration" JSON NOT NULL,
    "is_timed" BOOLEAN NOT NULL DEFAULT false,
    "additional_info" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "calculated_fields_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "calculated_fields_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "calculated_fields_entity_id_type_name_key" ON "calculated_fields" ("entity_id", "type", "name");
CREATE INDEX "calculated_fields_tenant_id_idx" ON "calculated_fields" ("tenant_id");

CREATE TABLE "calculated_field_states" (
    "field_id" UUID NOT NULL,
    "entity_id" UUID NOT NULL,
    "entity_type" VARCHAR(32) NOT NULL,
    "state" JSON,
    "due_ms" BIGINT,
    CONSTRAINT "calculated_field_states_pkey" PRIMARY KEY ("field_id", "entity_id"),
    CONSTRAINT "calculated_field_states_field_id_fkey" FOREIGN KEY ("field_id") REFERENCES "calculated_fields" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITH (fillfactor = 70);
CREATE INDEX "calculated_field_states_entity_id_idx" ON "calculated_field_states" ("entity_id");
CREATE INDEX "calculated_field_states_due_idx" ON "calculated_field_states" ("due_ms") WHERE "due_ms" IS NOT NULL;
