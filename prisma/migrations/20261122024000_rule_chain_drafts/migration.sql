-- Edits of a rule chain that are not published. A draft that was published or discarded leaves its row without a document:
-- revisions go on counting, so that somebody who still holds the old one cannot take a new one for it.
CREATE TABLE "rule_chain_drafts" (
    "rule_chain_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "base_version" INTEGER NOT NULL,
    -- json, not jsonb: the member order of configurations is kept.
    "document" JSON,
    "updated_time" BIGINT NOT NULL,
    "user_id" UUID,

    CONSTRAINT "rule_chain_drafts_pkey" PRIMARY KEY ("rule_chain_id")
);
CREATE UNIQUE INDEX "rule_chain_drafts_tenant_id_rule_chain_id_key" ON "rule_chain_drafts"("tenant_id", "rule_chain_id");
CREATE INDEX "rule_chain_drafts_user_id_idx" ON "rule_chain_drafts"("user_id");
ALTER TABLE "rule_chain_drafts" ADD CONSTRAINT "rule_chain_drafts_tenant_id_rule_chain_id_fkey" FOREIGN KEY ("tenant_id", "rule_chain_id") REFERENCES "rule_chains"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "rule_chain_drafts" ADD CONSTRAINT "rule_chain_drafts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Published states of rule chains. Chains from before get their present one when they are first changed.
CREATE TABLE "rule_chain_versions" (
    "rule_chain_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "created_time" BIGINT NOT NULL,
    "user_id" UUID,
    "note" VARCHAR(1000),
    "nodes" INTEGER NOT NULL,
    "connections" INTEGER NOT NULL,
    "document" JSON NOT NULL,

    CONSTRAINT "rule_chain_versions_pkey" PRIMARY KEY ("rule_chain_id", "version")
);
CREATE INDEX "rule_chain_versions_user_id_idx" ON "rule_chain_versions"("user_id");
ALTER TABLE "rule_chain_versions" ADD CONSTRAINT "rule_chain_versions_tenant_id_rule_chain_id_fkey" FOREIGN KEY ("tenant_id", "rule_chain_id") REFERENCES "rule_chains"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "rule_chain_versions" ADD CONSTRAINT "rule_chain_versions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
