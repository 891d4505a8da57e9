import {
  AppError,
  type ChainTest,
  type ChainTestReport,
  type RuleChain,
  type RuleChainMetadata,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import {
  type CompiledChain,
  chainOfFile,
  chainTestsOf,
  type DryReads,
  type HandlerRegistry,
  type NodeRegistry,
  runChainTest,
} from '@thingwire/rules'
import type { Caller } from '../auth/sign-in.ts'
import type { RuleChainService } from '../rule-chains/rule-chain-service.ts'
import type { ScriptRunner } from '../scripting/script-runner.ts'

export type RuleTestRequest = {
  /** A drawing that is not saved yet; absent: the saved one. */
  metadata?: RuleChainMetadata | undefined
  /** Absent: those that the chain carries. */
  tests?: readonly ChainTest[] | undefined
}

export type RuleTestService = {
  /** Runs tests of a chain one after the other. Nothing outside is changed. */
  run(caller: Caller, ruleChainId: string, request: RuleTestRequest): Promise<ChainTestReport[]>
}

/** For the nodes of one test, and for all tests of a request, ms. */
const testTimeoutMs = 10_000
const requestTimeoutMs = 60_000

export const createRuleTestService = (deps: {
  database: Pick<Database, 'ruleChains' | 'attributes' | 'entities'>
  ruleChains: Pick<RuleChainService, 'find' | 'metadata'>
  nodes: NodeRegistry
  handlers: HandlerRegistry
  scripts: Pick<ScriptRunner, 'portOf'>
}): RuleTestService => {
  const { database, ruleChains, nodes, handlers, scripts } = deps

  const readsOf = (tenantId: string): DryReads => ({
    scripts: scripts.portOf(tenantId),
    attributes: (queries) => database.attributes.findMany(tenantId, queries),
    entities: {
      defaultRuleChains: (ids) =>
        Promise.all(ids.map(async (id) => (await database.entities.findHead(tenantId, id))?.ruleChainId ?? null)),
    },
  })

  const calleeOf =
    (tenantId: string) =>
    async (ruleChainId: string): Promise<CompiledChain | undefined> => {
      const row = await database.ruleChains.load(tenantId, ruleChainId)
      return row ? compiled(row.chain, row.metadata) : undefined
    }

  const compiled = (chain: RuleChain, metadata: RuleChainMetadata): CompiledChain => {
    const { name, type } = chain
    // Tests that cannot be read are no reason why the chain could not run.
    const found = chainOfFile({ ruleChain: { name, type }, metadata }, chain.id.id, nodes)
    if (!found.ok) throw new AppError('RULE_CHAIN_INVALID', found.problems.join(' '))
    return found.chain
  }

  const testsOf = (chain: RuleChain): readonly ChainTest[] => {
    const found = chainTestsOf(chain.additionalInfo)
    if (!found.ok) throw new AppError('RULE_CHAIN_INVALID', found.problems.join(' '))
    return found.tests
  }

  return {
    run: async (caller, ruleChainId, { metadata, tests }) => {
      const chain = await ruleChains.find(caller, ruleChainId)
      const tenantId = chain.tenantId.id
      const surroundings = {
        chain: compiled(chain, metadata ?? (await ruleChains.metadata(caller, ruleChainId))),
        callee: calleeOf(tenantId),
        handlers,
        reads: readsOf(tenantId),
        tenantId,
        signal: AbortSignal.timeout(requestTimeoutMs),
        timeoutMs: testTimeoutMs,
      }
      const reports: ChainTestReport[] = []
      for (const test of tests ?? testsOf(chain)) reports.push(await runChainTest(test, surroundings))
      return reports
    },
  }
}
