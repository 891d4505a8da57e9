import { AppError, type RuleChain, type RuleChainMetadata } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import {
  type CompiledChain,
  chainOfFile,
  type DryReads,
  type HandlerRegistry,
  type NodeRegistry,
} from '@thingwire/rules'
import { createAlarmRules } from '../rule-runner/ports/alarm-rules-port.ts'
import { alarmReads } from '../rule-runner/ports/alarms-port.ts'
import { type EntityReadsDatabase, entityReads } from '../rule-runner/ports/entity-reads.ts'
import { type RelationReadsDatabase, relationReads } from '../rule-runner/ports/relation-reads.ts'
import { telemetryReads } from '../rule-runner/ports/telemetry-reads.ts'
import { createViews } from '../rule-runner/ports/views.ts'
import type { ScriptRunner } from '../scripting/script-runner.ts'

export type ChainsForTestsDeps = {
  database: Pick<Database, 'ruleChains' | 'attributes' | 'telemetry' | 'alarms' | 'alarmRules'> &
    EntityReadsDatabase &
    RelationReadsDatabase
  nodes: NodeRegistry
  handlers: HandlerRegistry
  scripts: Pick<ScriptRunner, 'portOf'>
}

/** What a dry run of a tenant's chain stands on: other chains of the tenant, and everything that may be read. */
export const chainsForTests = ({ database, nodes, handlers, scripts }: ChainsForTestsDeps) => {
  const compiled = (chain: RuleChain, metadata: RuleChainMetadata): CompiledChain => {
    const { name, type } = chain
    // Tests that cannot be read are no reason why the chain could not run.
    const found = chainOfFile({ ruleChain: { name, type }, metadata }, chain.id.id, nodes)
    if (!found.ok) throw new AppError('RULE_CHAIN_INVALID', found.problems.join(' '))
    return found.chain
  }

  const readsOf = (tenantId: string): DryReads => ({
    // What a dry run does with a script is nothing that its node has done.
    scripts: { load: (source) => scripts.portOf(tenantId).load(source) },
    attributes: (queries) => database.attributes.findMany(tenantId, queries),
    entities: entityReads(database, tenantId),
    alarms: alarmReads(database, tenantId),
    alarmRules: createAlarmRules(database).portOf(tenantId),
    relations: relationReads(database, tenantId),
    telemetry: telemetryReads(database, tenantId),
    views: createViews(database, tenantId),
  })

  return {
    compiled,
    surroundingsOf: (tenantId: string) => ({
      tenantId,
      handlers,
      reads: readsOf(tenantId),
      callee: async (ruleChainId: string): Promise<CompiledChain | undefined> => {
        const row = await database.ruleChains.load(tenantId, ruleChainId)
        return row ? compiled(row.chain, row.metadata) : undefined
      },
    }),
  }
}
