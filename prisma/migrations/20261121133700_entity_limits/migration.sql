-- Entity limits of tenant profiles are kept here, whoever inserts: two that insert at the same moment cannot both take
-- the last place. Tenants without a limit pay one look-up of their profile a statement.

-- At most so many entities of a type a limited tenant has. Inserts add to it, deletes do not lower it; when it reaches
-- the limit the entities are counted anew. So far from the limit nothing is counted, however many there are.
CREATE TABLE "entity_counts" (
    "tenant_id" UUID NOT NULL REFERENCES "tenants" ("id") ON DELETE CASCADE,
    "entity_type" VARCHAR(32) NOT NULL,
    "at_most" BIGINT NOT NULL,
    PRIMARY KEY ("tenant_id", "entity_type")
) WITH (fillfactor = 50);

-- Arguments: entity type, member of the profile's configuration.
CREATE FUNCTION require_entity_room() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    added RECORD;
    most BIGINT;
    counted BIGINT;
BEGIN
    FOR added IN SELECT tenant_id, count(*) AS total FROM added_rows WHERE tenant_id IS NOT NULL GROUP BY tenant_id ORDER BY tenant_id LOOP
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
        EXECUTE format('SELECT count(*) FROM (SELECT 1 FROM %I WHERE tenant_id = $1 LIMIT $2) counted', TG_TABLE_NAME)
        INTO counted USING added.tenant_id, most + 1;
        IF counted > most THEN
            RAISE EXCEPTION 'entities limit: % %', TG_ARGV[0], most USING ERRCODE = 'TW041';
        END IF;
        UPDATE entity_counts SET at_most = counted
        WHERE tenant_id = added.tenant_id AND entity_type = TG_ARGV[0];
    END LOOP;
    RETURN NULL;
END $$;

CREATE TRIGGER devices_room AFTER INSERT ON devices REFERENCING NEW TABLE AS added_rows
    FOR EACH STATEMENT EXECUTE FUNCTION require_entity_room('DEVICE', 'maxDevices');
CREATE TRIGGER assets_room AFTER INSERT ON assets REFERENCING NEW TABLE AS added_rows
    FOR EACH STATEMENT EXECUTE FUNCTION require_entity_room('ASSET', 'maxAssets');
CREATE TRIGGER customers_room AFTER INSERT ON customers REFERENCING NEW TABLE AS added_rows
    FOR EACH STATEMENT EXECUTE FUNCTION require_entity_room('CUSTOMER', 'maxCustomers');
CREATE TRIGGER users_room AFTER INSERT ON users REFERENCING NEW TABLE AS added_rows
    FOR EACH STATEMENT EXECUTE FUNCTION require_entity_room('USER', 'maxUsers');
CREATE TRIGGER dashboards_room AFTER INSERT ON dashboards REFERENCING NEW TABLE AS added_rows
    FOR EACH STATEMENT EXECUTE FUNCTION require_entity_room('DASHBOARD', 'maxDashboards');
CREATE TRIGGER rule_chains_room AFTER INSERT ON rule_chains REFERENCING NEW TABLE AS added_rows
    FOR EACH STATEMENT EXECUTE FUNCTION require_entity_room('RULE_CHAIN', 'maxRuleChains');

-- Inserts of unlimited tenants are not counted: what was known before a limit changed says nothing afterwards.
CREATE FUNCTION forget_entity_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM entity_counts WHERE TG_TABLE_NAME <> 'tenants' OR tenant_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER tenant_profiles_forget_counts AFTER UPDATE OF profile_data ON tenant_profiles
    FOR EACH ROW WHEN (OLD.profile_data IS DISTINCT FROM NEW.profile_data) EXECUTE FUNCTION forget_entity_counts();
CREATE TRIGGER tenants_forget_counts AFTER UPDATE OF tenant_profile_id ON tenants
    FOR EACH ROW WHEN (OLD.tenant_profile_id IS DISTINCT FROM NEW.tenant_profile_id) EXECUTE FUNCTION forget_entity_counts();
