import { AppError, type EntityId, type Message } from '@thingwire/contracts'
import {
  chosenScript,
  defineHandler,
  type Departure,
  failure,
  loadGeneratorScript,
  type NodeContext,
} from '@thingwire/rules'
import { z } from 'zod'
import { generator } from './manifest.ts'

const tickType = 'GENERATOR_NODE_SELF_MSG'
/** What the script sees of the last message, and how many there have been. */
const stateSchema = z.object({
  made: z.number(),
  dueMs: z.number(),
  last: z.object({ data: z.string(), metadata: z.record(z.string(), z.string()), type: z.string() }),
})
type State = z.infer<typeof stateSchema>

export const generatorHandler = defineHandler(generator, async (config, context) => {
  const { ports, ruleChainId, nodeId } = context
  const originator = await originatorOf(config, context)
  const script = await loadGeneratorScript({ node: context, ...chosenScript(config) })
  const periodMs = config.periodInSeconds * 1_000
  const series = {
    ...{ ruleChainId, ruleNodeId: nodeId, name: 'messages', type: tickType, originator, queueName: context.queueName },
    generation: JSON.stringify([config, context.queueName]),
  }

  /** The next moment of start + n × period; those that passed while nothing ran are left out. */
  const after = ({ made, dueMs }: State, last: State['last']) => {
    if (config.msgCount > 0 && made + 1 >= config.msgCount) return null
    const periods = Math.max(1, Math.floor((ports.clock.now() - dueMs) / periodMs) + 1)
    const next = dueMs + periods * periodMs
    return { dueMs: next, state: { made: made + 1, dueMs: next, last } }
  }

  const make = async (tick: Message, signal: AbortSignal): Promise<Departure<'Success'>[]> => {
    const carried = ports.series.read(tick)
    const state = stateSchema.safeParse(carried?.state)
    if (!state.success) return []
    const [answer] = await script([state.data.last], signal)
    const made = answer?.ok ? answer.value[0] : undefined
    const last = made ? { data: made.data, metadata: made.metadata, type: made.type } : state.data.last
    if ((await ports.series.next(series, tick, after(state.data, last))) === 'stale') return []
    if (!made) return [failure(tick, answer?.ok ? undefined : answer)]
    return [{ message: { ...tick, ...made }, connection: 'Success' }]
  }

  const dueMs = ports.clock.now() + periodMs
  const first = { data: '{}', metadata: {}, type: '' }
  await ports.series.begin(series, { dueMs, state: { made: 0, dueMs, last: first } })
  return {
    handle: async (batch, signal) => {
      const departures: Departure<'Success'>[] = []
      for (const message of batch) if (message.type === tickType) departures.push(...(await make(message, signal)))
      return departures
    },
  }
})

const originatorOf = async (
  { originatorType: entityType, originatorId }: z.output<typeof generator.config>,
  { tenantId, nodeId, ports }: NodeContext,
): Promise<EntityId> => {
  if (entityType === 'RULE_NODE') return { entityType, id: nodeId }
  if (entityType === 'TENANT') return { entityType, id: tenantId }
  if (!originatorId) throw new AppError('RULE_CHAIN_INVALID', 'Originator entity id must be specified')
  const originator = { entityType, id: originatorId }
  const [isOwn] = await ports.entities.exist([originator])
  if (!isOwn) throw new AppError('RULE_CHAIN_INVALID', `The tenant has no ${entityType} with id ${originatorId}`)
  return originator
}
