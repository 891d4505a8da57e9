-- Every tenant has one from its creation on; those that are older get theirs here.
INSERT INTO "api_usage_states" ("id", "created_time", "tenant_id", "entity_id", "entity_type")
SELECT gen_random_uuid(), (extract(epoch FROM now()) * 1000)::bigint, "id", "id", 'TENANT' FROM "tenants"
ON CONFLICT ("entity_id") DO NOTHING;
