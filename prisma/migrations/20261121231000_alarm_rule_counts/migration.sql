-- What the alarm rules of device profiles have counted, by node and device. A chain that is saved makes its nodes anew under
-- their ids, so nothing here refers to them; counts of nodes that are gone are removed by the maintenance.
CREATE TABLE "alarm_rule_counts" (
    "rule_node_id" UUID NOT NULL,
    "device_id" UUID NOT NULL,
    "counts" JSONB NOT NULL,
    -- Some rule waits for time to pass.
    "is_timed" BOOLEAN NOT NULL,
    CONSTRAINT "alarm_rule_counts_pkey" PRIMARY KEY ("rule_node_id", "device_id"),
    CONSTRAINT "alarm_rule_counts_device_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITH (fillfactor = 70);
CREATE INDEX "alarm_rule_counts_device_id_idx" ON "alarm_rule_counts" ("device_id");
CREATE INDEX "alarm_rule_counts_timed_idx" ON "alarm_rule_counts" ("rule_node_id", "device_id") WHERE "is_timed";
