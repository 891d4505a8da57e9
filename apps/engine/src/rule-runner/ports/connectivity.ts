import { entityId, type KvEntry } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { ConnectivityEvent, ConnectivityPort } from '@thingwire/rules'
import type { Redis } from 'ioredis'
import type { AttributesWriter } from '../../attributes/attributes-writer.ts'
import type { ConnectivityEvents, DeviceState } from '../../gateway/connectivity-events.ts'
import type { RateLimiter } from '../../limits/rate-limiter.ts'
import { redisKeys } from '../../redis-keys.ts'

export type ConnectivityDeps = {
  database: { devices: Pick<Database['devices'], 'heads'> }
  connectivity: Pick<ConnectivityEvents, 'read' | 'tell'>
  attributes: Pick<AttributesWriter, 'save'>
  redis: () => Redis
  limiter: RateLimiter
  /** For one device of one node, `capacity:seconds,…`; empty: any number. */
  rate: string
  /** Reports that the limit let pass, and that are not done yet: when their batch runs again they are not counted twice. */
  granted: Set<string>
  now: () => number
}

type Change = { state: DeviceState; entries: KvEntry[] }

/**
 * What rule nodes say of whether devices are there. It goes the way of what gateways see: server-scope attributes, the set
 * of active devices, and events of the rule engine, which come after the commit.
 */
export const createConnectivity = (deps: ConnectivityDeps, tenantId: string): ConnectivityPort => {
  const { database, connectivity, attributes, redis, limiter, rate, granted, now } = deps

  return {
    report: async (ruleNodeId, reports) => {
      const ids = [...new Set(reports.map(({ deviceId }) => deviceId.toLowerCase()))]
      const heads = await database.devices.heads({ kind: 'tenant', tenantId }, ids)
      const present = new Set(heads.map(({ id }) => id))
      const taken = new Set<string>()
      const answers = reports.map((one) => {
        if (!present.has(one.deviceId.toLowerCase())) return 'missing'
        const report = `${ruleNodeId} ${one.deviceId} ${one.event} ${one.atMs}`
        if (!granted.has(report) && !limiter.take(`${ruleNodeId} ${one.deviceId}`, rate)) return 'limited'
        taken.add(report)
        return 'done'
      })
      for (const report of taken) granted.add(report)
      const due = reports.filter((_, index) => answers[index] === 'done')
      if (due.length > 0) await apply(due)
      for (const report of taken) granted.delete(report)
      return answers
    },
  }

  async function apply(reports: Parameters<ConnectivityPort['report']>[1]): Promise<void> {
    const ids = [...new Set(reports.map(({ deviceId }) => deviceId.toLowerCase()))]
    const stored = await connectivity.read(tenantId, ids)
    const states = new Map(ids.flatMap((id, index) => (stored[index] ? [[id, stored[index]] as const] : [])))
    const changed = new Map<string, KvEntry[]>()
    const events: { deviceId: string; event: ConnectivityEvent; state: DeviceState; atMs: number }[] = []
    for (const { deviceId: given, event, atMs } of reports) {
      const deviceId = given.toLowerCase()
      const before = states.get(deviceId)
      const change = before && changeBy(before, event, atMs)
      if (!change) continue
      states.set(deviceId, change.state)
      changed.set(deviceId, [...(changed.get(deviceId) ?? []), ...change.entries])
      // Signs of life of a device that is active anyway are no news.
      if (event !== 'ACTIVITY_EVENT' || !before.active) events.push({ deviceId, event, state: change.state, atMs })
    }
    await noteActive(states, changed)
    await attributes.save(
      tenantId,
      [...changed].map(([id, entries]) => ({
        entityId: entityId('DEVICE', id),
        scope: 'SERVER_SCOPE' as const,
        entries: lastOfEach(entries),
        ts: now(),
        save: true,
        notifyLive: true,
        notifyDevice: false,
      })),
    )
    await connectivity.tell(tenantId, events)
  }

  /** Until when they count as active, before the attributes: whoever looks for silent devices must see this first. */
  async function noteActive(states: ReadonlyMap<string, DeviceState>, changed: ReadonlyMap<string, KvEntry[]>) {
    const pipeline = redis().pipeline()
    for (const [id, entries] of changed) {
      const state = states.get(id)
      if (!state || !entries.some(({ key }) => key === 'active')) continue
      const member = `${tenantId}/${id}`
      if (state.active) pipeline.zadd(redisKeys.activeDevices, state.lastActivityTime + state.inactivityTimeout, member)
      else pipeline.zrem(redisKeys.activeDevices, member)
    }
    await pipeline.exec()
  }
}

const lastOfEach = (entries: readonly KvEntry[]): KvEntry[] => [
  ...new Map(entries.map((entry) => [entry.key, entry])).values(),
]

const long = (key: string, value: number): KvEntry => ({ key, type: 'LONG', value })

/** Null: it says nothing new. What was known at that very moment is told again: a batch that was cut off may not have told it. */
const changeBy = (before: DeviceState, event: ConnectivityEvent, atMs: number): Change | null => {
  switch (event) {
    case 'CONNECT_EVENT':
      if (atMs < before.lastConnectTime) return null
      return { state: { ...before, lastConnectTime: atMs }, entries: [long('lastConnectTime', atMs)] }
    case 'DISCONNECT_EVENT':
      if (atMs < before.lastDisconnectTime) return null
      return { state: { ...before, lastDisconnectTime: atMs }, entries: [long('lastDisconnectTime', atMs)] }
    case 'ACTIVITY_EVENT':
      if (atMs <= before.lastActivityTime) return null
      return {
        state: { ...before, active: true, lastActivityTime: atMs },
        entries: [{ key: 'active', type: 'BOOLEAN', value: true }, long('lastActivityTime', atMs)],
      }
    case 'INACTIVITY_EVENT':
      if (atMs <= before.lastActivityTime || atMs < before.lastInactivityAlarmTime) return null
      return {
        state: { ...before, active: false, lastInactivityAlarmTime: atMs },
        entries: [{ key: 'active', type: 'BOOLEAN', value: false }, long('inactivityAlarmTime', atMs)],
      }
  }
}
