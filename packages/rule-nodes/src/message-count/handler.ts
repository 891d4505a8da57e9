import type { Message } from '@thingwire/contracts'
import { defineHandler, type Departure } from '@thingwire/rules'
import { z } from 'zod'
import { messageCount } from './manifest.ts'

const tickType = 'MSG_COUNT_SELF_MSG'
const counted = 'messages'
/** What had been counted when the last number was told, and when that was, epoch ms. */
const stateSchema = z.object({ total: z.number(), atMs: z.number() })

export const messageCountHandler = defineHandler(messageCount, async (config, context) => {
  const { ports, ruleChainId, nodeId, tenantId } = context
  const intervalMs = config.interval * 1_000
  const series = {
    ...{ ruleChainId, ruleNodeId: nodeId, name: counted, generation: JSON.stringify(config), type: tickType },
    originator: { entityType: 'TENANT' as const, id: tenantId },
    queueName: null,
  }
  const stepFrom = (total: number, atMs: number) => ({ dueMs: atMs + intervalMs, state: { total, atMs } })

  const tell = async (tick: Message): Promise<Departure<'Success'>[]> => {
    const carried = ports.series.read(tick)
    const last = stateSchema.safeParse(carried?.state)
    if (!carried || !last.success) return []
    const nowMs = ports.clock.now()
    const total = await ports.counts.add(nodeId, counted, 0)
    if ((await ports.series.next(series, tick, stepFrom(total, nowMs))) === 'stale') return []
    const data = JSON.stringify({ [`${config.telemetryPrefix}_${ports.machine.name}`]: total - last.data.total })
    const metadata = { delta: String(nowMs - last.data.atMs) }
    return [{ message: { ...tick, type: 'POST_TELEMETRY_REQUEST', metadata, data }, connection: 'Success' }]
  }

  await ports.series.begin(series, stepFrom(await ports.counts.add(nodeId, counted, 0), ports.clock.now()))
  return {
    handle: async (batch) => {
      const ticks = batch.filter(({ type }) => type === tickType)
      if (batch.length > ticks.length) await ports.counts.add(nodeId, counted, batch.length - ticks.length)
      const departures: Departure<'Success'>[] = []
      for (const tick of ticks) departures.push(...(await tell(tick)))
      return departures
    },
  }
})
