-- A node that goes takes its connections along, both ways: without these each looks through all of its chain.
CREATE INDEX "rule_node_connections_rule_chain_id_from_node_id_idx" ON "rule_node_connections"("rule_chain_id", "from_node_id");
CREATE INDEX "rule_node_connections_rule_chain_id_to_node_id_idx" ON "rule_node_connections"("rule_chain_id", "to_node_id");
DROP INDEX "rule_node_connections_rule_chain_id_idx";
