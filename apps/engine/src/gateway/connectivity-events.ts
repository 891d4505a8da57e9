import { defaultQueueName, entityId, type KvEntry, type Message } from '@thingwire/contracts'
import type { Database, DeviceHead } from '@thingwire/db'
import { newMessageId } from '@thingwire/rules'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'

export type ConnectivityEvent = 'CONNECT_EVENT' | 'DISCONNECT_EVENT' | 'ACTIVITY_EVENT' | 'INACTIVITY_EVENT'

/** What is known of the connectivity of one device; times are epoch ms, 0: never. */
export type DeviceState = {
  active: boolean
  lastConnectTime: number
  lastActivityTime: number
  lastDisconnectTime: number
  lastInactivityAlarmTime: number
  /** The device's own, or the default. */
  inactivityTimeout: number
}

/** ThingsBoard's default: a device is inactive after this long without a sign of life. */
const defaultInactivityTimeoutMs = 600_000

const stateKeys = [
  'active',
  'lastConnectTime',
  'lastActivityTime',
  'lastDisconnectTime',
  'inactivityAlarmTime',
  'inactivityTimeout',
] as const

export type ConnectivityEvents = {
  /** Stored states, one query for all; in the order asked for. */
  read(tenantId: string, deviceIds: readonly string[]): Promise<DeviceState[]>
  /** Own timeouts and the default, one query for all; in the order asked for. */
  timeouts(tenantId: string, deviceIds: readonly string[]): Promise<number[]>
  /** Tells the rule engine. What cannot be told is logged: the attributes say it too. */
  tell(
    tenantId: string,
    events: readonly { deviceId: string; event: ConnectivityEvent; state: DeviceState; atMs: number }[],
  ): Promise<void>
}

export const createConnectivityEvents = (options: {
  database: { attributes: Pick<Database['attributes'], 'findMany'>; devices: Pick<Database['devices'], 'heads'> }
  queue: Pick<UplinkQueue, 'submitInternal'>
  logger: Logger
}): ConnectivityEvents => {
  const { database, queue, logger } = options

  const find = (tenantId: string, deviceIds: readonly string[], keys: readonly string[]) =>
    database.attributes.findMany(
      tenantId,
      deviceIds.map((id) => ({ entityId: entityId('DEVICE', id), scope: 'SERVER_SCOPE', keys })),
    )

  return {
    read: async (tenantId, deviceIds) => (await find(tenantId, deviceIds, stateKeys)).map(stateOf),
    timeouts: async (tenantId, deviceIds) => (await find(tenantId, deviceIds, ['inactivityTimeout'])).map(timeoutOf),

    tell: async (tenantId, events) => {
      if (events.length === 0) return
      const ids = [...new Set(events.map(({ deviceId }) => deviceId))]
      const heads = new Map(
        (await database.devices.heads({ kind: 'tenant', tenantId }, ids)).map((one) => [one.id, one]),
      )
      await Promise.all(
        events.map(async ({ deviceId, event, state, atMs }) => {
          const head = heads.get(deviceId)
          // It was deleted meanwhile.
          if (!head) return
          const message = messageOf(tenantId, head, event, state, atMs)
          try {
            await queue.submitInternal(head.queueName ?? defaultQueueName, deviceId, [message], message.data.length)
          } catch (error) {
            logger.warn({ deviceId, event, ...errorFields(error) }, 'the rule engine was not told of connectivity')
          }
        }),
      )
    },
  }
}

const timeoutOf = (entries: readonly KvEntry[]): number => {
  const value = Number(entries.find(({ key }) => key === 'inactivityTimeout')?.value)
  return value > 0 ? value : defaultInactivityTimeoutMs
}

const stateOf = (entries: readonly KvEntry[]): DeviceState => {
  const stored = (key: (typeof stateKeys)[number]) => entries.find((entry) => entry.key === key)?.value
  const timeOf = (key: (typeof stateKeys)[number]) => Number(stored(key)) || 0
  return {
    active: stored('active') === true,
    lastConnectTime: timeOf('lastConnectTime'),
    lastActivityTime: timeOf('lastActivityTime'),
    lastDisconnectTime: timeOf('lastDisconnectTime'),
    lastInactivityAlarmTime: timeOf('inactivityAlarmTime'),
    inactivityTimeout: timeoutOf(entries),
  }
}

const messageOf = (
  tenantId: string,
  head: DeviceHead,
  event: ConnectivityEvent,
  { active, ...times }: DeviceState,
  atMs: number,
): Message => ({
  id: newMessageId(),
  ts: atMs,
  type: event,
  tenantId,
  originator: entityId('DEVICE', head.id),
  customerId: head.customerId,
  metadata: {
    deviceName: head.name,
    deviceLabel: head.label ?? '',
    deviceType: head.type,
    scope: 'SERVER_SCOPE',
  },
  dataType: 'JSON',
  // A connection says nothing of activity (as ThingsBoard).
  data: JSON.stringify(event === 'CONNECT_EVENT' ? times : { active, ...times }),
  ruleChainId: head.ruleChainId,
  ruleNodeId: null,
})
