-- Messages of devices as they came to the rule engine, for profiles that ask for it. By day.
CREATE TABLE "input_messages" (
    "id" UUID NOT NULL,
    -- When the platform took it in, epoch ms.
    "ts" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "device_profile_id" UUID NOT NULL,
    "device_id" UUID NOT NULL,
    "message" JSON NOT NULL,
    PRIMARY KEY ("id", "ts")
) PARTITION BY RANGE ("ts");
CREATE TABLE "input_messages_default" PARTITION OF "input_messages" DEFAULT;
CREATE INDEX "input_messages_profile_idx" ON "input_messages" ("tenant_id", "device_profile_id", "ts");
CREATE INDEX "input_messages_device_idx" ON "input_messages" ("tenant_id", "device_id", "ts");
