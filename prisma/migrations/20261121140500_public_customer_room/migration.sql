-- The public customer is made by the platform when something is made public: no limit of customers may stand in the way.

-- Arguments: entity type, member of the profile's configuration, and, where some rows do not count, a condition on them.
CREATE OR REPLACE FUNCTION require_entity_room() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    counting CONSTANT TEXT := COALESCE(' AND ' || TG_ARGV[2], '');
    added RECORD;
    most BIGINT;
    counted BIGINT;
BEGIN
    FOR added IN EXECUTE format(
        'SELECT tenant_id, count(*) AS total FROM added_rows WHERE tenant_id IS NOT NULL%s GROUP BY tenant_id ORDER BY tenant_id',
        counting) LOOP
        SELECT CASE jsonb_typeof(p.profile_data -> 'configuration' -> TG_ARGV[1])
                   WHEN 'number' THEN (p.profile_data -> 'configuration' -> TG_ARGV[1])::bigint END INTO most
        FROM tenants t JOIN tenant_profiles p ON p.id = t.tenant_profile_id WHERE t.id = added.tenant_id;
        CONTINUE WHEN COALESCE(most, 0) <= 0;

        -- The row is locked until the insert is committed or undone: others wait here.
        UPDATE entity_counts SET at_most = at_most + added.total
        WHERE tenant_id = added.tenant_id AND entity_type = TG_ARGV[0] AND at_most + added.total <= most;
        CONTINUE WHEN FOUND;

        INSERT INTO entity_counts AS c (tenant_id, entity_type, at_most) VALUES (added.tenant_id, TG_ARGV[0], most)
        ON CONFLICT (tenant_id, entity_type) DO UPDATE SET at_most = c.at_most;
        -- A statement of its own, so that it sees what was committed while this one waited for the lock.
        EXECUTE format('SELECT count(*) FROM (SELECT 1 FROM %I WHERE tenant_id = $1%s LIMIT $2) counted', TG_TABLE_NAME, counting)
        INTO counted USING added.tenant_id, most + 1;
        IF counted > most THEN
            RAISE EXCEPTION 'entities limit: % %', TG_ARGV[0], most USING ERRCODE = 'TW041';
        END IF;
        UPDATE entity_counts SET at_most = counted
        WHERE tenant_id = added.tenant_id AND entity_type = TG_ARGV[0];
    END LOOP;
    RETURN NULL;
END $$;

DROP TRIGGER customers_room ON customers;
CREATE TRIGGER customers_room AFTER INSERT ON customers REFERENCING NEW TABLE AS added_rows
    FOR EACH STATEMENT EXECUTE FUNCTION require_entity_room('CUSTOMER', 'maxCustomers', 'NOT is_public');
DELETE FROM entity_counts;
