-- Devices whose server attribute `active` is true, so that lists of 100,000 devices are sorted and filtered by it without
-- reading the attributes of all of them. Kept by triggers: whoever writes the attribute, this follows.
CREATE TABLE "active_devices" (
    "tenant_id" UUID NOT NULL,
    "device_id" UUID NOT NULL,
    PRIMARY KEY ("tenant_id", "device_id")
);

CREATE FUNCTION follow_active_attribute() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    attribute attributes := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    owner telemetry_entities;
BEGIN
    PERFORM 1 FROM telemetry_keys WHERE id = attribute.key AND telemetry_keys.key = 'active';
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT * INTO owner FROM telemetry_entities WHERE ref = attribute.entity AND entity_type = 'DEVICE';
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' AND attribute.bool_v THEN
        -- A value may arrive when its device is already deleted.
        INSERT INTO active_devices (tenant_id, device_id)
        SELECT d.tenant_id, d.id FROM devices d WHERE d.id = owner.entity_id ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM active_devices WHERE tenant_id = owner.tenant_id AND device_id = owner.entity_id;
    END IF;
    RETURN NULL;
END $$;

-- The conditions let every other attribute pass without a call.
CREATE TRIGGER attributes_active_insert AFTER INSERT ON attributes
    FOR EACH ROW WHEN (NEW.scope = 2 AND NEW.bool_v) EXECUTE FUNCTION follow_active_attribute();
CREATE TRIGGER attributes_active_update AFTER UPDATE ON attributes
    FOR EACH ROW WHEN (NEW.scope = 2 AND NEW.bool_v IS DISTINCT FROM OLD.bool_v) EXECUTE FUNCTION follow_active_attribute();
CREATE TRIGGER attributes_active_delete AFTER DELETE ON attributes
    FOR EACH ROW WHEN (OLD.scope = 2 AND OLD.bool_v) EXECUTE FUNCTION follow_active_attribute();

INSERT INTO active_devices (tenant_id, device_id)
SELECT d.tenant_id, d.id
FROM attributes a
JOIN telemetry_keys k ON k.id = a.key AND k.key = 'active'
JOIN telemetry_entities e ON e.ref = a.entity AND e.entity_type = 'DEVICE'
JOIN devices d ON d.id = e.entity_id
WHERE a.scope = 2 AND a.bool_v;
