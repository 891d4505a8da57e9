import {
  AppError,
  type ChainTest,
  type ChainTestReport,
  type RuleChain,
  type RuleChainMetadata,
} from '@thingwire/contracts'
import { chainTestsOf, runChainTest } from '@thingwire/rules'
import type { Caller } from '../auth/sign-in.ts'
import type { RuleChainService } from '../rule-chains/rule-chain-service.ts'
import { type ChainsForTestsDeps, chainsForTests } from './chains-for-tests.ts'

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

export const createRuleTestService = (
  deps: ChainsForTestsDeps & { ruleChains: Pick<RuleChainService, 'find' | 'metadata'> },
): RuleTestService => {
  const { ruleChains } = deps
  const chains = chainsForTests(deps)

  const testsOf = (chain: RuleChain): readonly ChainTest[] => {
    const found = chainTestsOf(chain.additionalInfo)
    if (!found.ok) throw new AppError('RULE_CHAIN_INVALID', found.problems.join(' '))
    return found.tests
  }

  return {
    run: async (caller, ruleChainId, { metadata, tests }) => {
      const chain = await ruleChains.find(caller, ruleChainId)
      const surroundings = {
        ...chains.surroundingsOf(chain.tenantId.id),
        chain: chains.compiled(chain, metadata ?? (await ruleChains.metadata(caller, ruleChainId))),
        signal: AbortSignal.timeout(requestTimeoutMs),
        timeoutMs: testTimeoutMs,
      }
      const reports: ChainTestReport[] = []
      for (const test of tests ?? testsOf(chain)) reports.push(await runChainTest(test, surroundings))
      return reports
    },
  }
}
