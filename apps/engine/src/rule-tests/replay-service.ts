import {
  AppError,
  type EntityId,
  type Message,
  type ReplayOutcome,
  type ReplayReport,
  type RuleChainMetadata,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { createDryRunner, type DryRun, type DryRunner } from '@thingwire/rules'
import type { EntityAccess } from '../access/entity-access.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { RuleChainService } from '../rule-chains/rule-chain-service.ts'
import { viewOf } from '../rule-debug/message-view.ts'
import { type ChainsForTestsDeps, chainsForTests } from './chains-for-tests.ts'

export type ReplayRequest = {
  entityId: EntityId
  /** Epoch ms, inclusive. */
  startTs: number
  endTs: number
  limit: number
  /** The version whose outcome is looked at. */
  metadata: RuleChainMetadata
  /** What it is compared with; absent: the saved drawing. */
  against?: RuleChainMetadata | undefined
}

export type ReplayService = {
  /** Runs messages of the input log through two versions of a chain. Nothing outside is changed. */
  run(caller: Caller, ruleChainId: string, request: ReplayRequest): Promise<ReplayReport>
}

const nodeTimeoutMs = 10_000
const requestTimeoutMs = 60_000
const mostShown = 100
const maxChars = 4_096

export const createReplayService = (
  deps: ChainsForTestsDeps & {
    database: Pick<Database, 'inputLog'>
    access: EntityAccess
    ruleChains: Pick<RuleChainService, 'find' | 'metadata'>
    now: () => number
  },
): ReplayService => {
  const { database, access, ruleChains, now } = deps
  const chains = chainsForTests(deps)

  const messagesOf = async (caller: Caller, tenantId: string, request: ReplayRequest): Promise<Message[]> => {
    const { entityId, startTs, endTs, limit } = request
    const { head } = await access.require(caller, entityId, 'READ', { missingText: 'byId' })
    if (head.id.entityType !== 'DEVICE' && head.id.entityType !== 'DEVICE_PROFILE')
      throw new AppError('ARGUMENT_INVALID', 'Messages are kept of devices and device profiles')
    const of = head.id.entityType === 'DEVICE' ? { deviceId: head.id.id } : { deviceProfileId: head.id.id }
    return database.inputLog.list({ tenantId, of, startTs, endTs, limit })
  }

  return {
    run: async (caller, ruleChainId, request) => {
      const chain = await ruleChains.find(caller, ruleChainId)
      const saved = request.against ?? (await ruleChains.metadata(caller, ruleChainId))
      const messages = await messagesOf(caller, chain.tenantId.id, request)
      const deadlineMs = now() + requestTimeoutMs
      const runnerOf = (metadata: RuleChainMetadata): DryRunner =>
        createDryRunner({
          ...chains.surroundingsOf(chain.tenantId.id),
          chain: chains.compiled(chain, metadata),
          given: { attributes: [], commandAnswers: {}, originator: request.entityId },
          // What is under way when the time is over still ends by its own limit.
          signal: AbortSignal.timeout(requestTimeoutMs + 2 * nodeTimeoutMs),
          timeoutMs: nodeTimeoutMs,
        })
      const [before, after] = [runnerOf(saved), runnerOf(request.metadata)]
      const report = emptyReport()
      try {
        for (const message of messages) {
          if (now() > deadlineMs) return { ...report, isComplete: false }
          compare(report, message, outcomeOf(await before.run(message)), outcomeOf(await after.run(message)))
        }
        return report
      } finally {
        await Promise.all([before.stop(), after.stop()])
      }
    },
  }
}

const emptyReport = (): ReplayReport => ({
  messages: 0,
  different: 0,
  failedBefore: 0,
  failedAfter: 0,
  isComplete: true,
  differences: [],
})

const outcomeOf = ({ steps, effects, failures, isEndless }: DryRun): ReplayOutcome => ({
  steps,
  effects,
  failures: [
    ...failures.map(({ nodeName, error }) => ({ node: nodeName, error })),
    ...(isEndless ? [{ node: '', error: 'The message goes round without an end' }] : []),
  ],
})

const compare = (report: ReplayReport, message: Message, before: ReplayOutcome, after: ReplayOutcome): void => {
  report.messages++
  if (before.failures.length > 0) report.failedBefore++
  if (after.failures.length > 0) report.failedAfter++
  if (JSON.stringify(before) === JSON.stringify(after)) return
  report.different++
  if (report.differences.length < mostShown)
    report.differences.push({ message: viewOf(message, maxChars), before, after })
}
