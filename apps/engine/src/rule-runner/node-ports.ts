import { hostname } from 'node:os'
import type { Message } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { AlarmsPort, Ports } from '@thingwire/rules'
import type { AttributesWriter } from '../attributes/attributes-writer.ts'
import { attributeUpdates, removalUpdates, telemetryUpdates } from '../calculated-fields/saved-values.ts'
import type { FieldUpdates } from '../calculated-fields/field-updates.ts'
import type { Logger } from '../observability/logger.ts'
import type { Outbound } from '../outbound/outbound.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { ScriptRunner } from '../scripting/script-runner.ts'
import type { TelemetryWriter } from '../telemetry/telemetry-writer.ts'
import type { Replies } from '../rpc/replies.ts'
import type { RpcDesk } from '../rpc/rpc-desk.ts'
import { createLaterPorts } from '../self-messages/later-ports.ts'
import type { SelfMessages } from '../self-messages/self-messages.ts'
import type { RememberedAlarmRules } from './ports/alarm-rules-port.ts'
import type { RememberedReads } from './ports/remembered-reads.ts'
import { telemetryReads } from './ports/telemetry-reads.ts'
import type { ChangePorts } from './ports/change-ports.ts'
import type { ProfileLookup } from './profile-lookup.ts'

const envelopeBytes = 400

/** What the nodes of one tenant may touch, on the services of this process. */
export const createPorts =
  (services: {
    database: Database
    telemetry: TelemetryWriter
    attributes: AttributesWriter
    queue: UplinkQueue
    later: SelfMessages
    profiles: ProfileLookup
    reads: RememberedReads
    desk: Pick<RpcDesk, 'send'>
    replies: Pick<Replies, 'send'>
    scripts: Pick<ScriptRunner, 'portOf'>
    outbound: Pick<Outbound, 'portOf'>
    alarms: (tenantId: string) => AlarmsPort
    alarmRules: RememberedAlarmRules
    fieldUpdates: Pick<FieldUpdates, 'updated'>
    changePorts: (tenantId: string) => ChangePorts
    logger: Logger
  }) =>
  (tenantId: string): Ports => {
    const { database, telemetry, attributes, queue, profiles, reads, desk, replies, scripts, logger } = services
    const later = createLaterPorts({ later: services.later, profiles, tenantId })

    const enqueue = async (messages: readonly Message[]): Promise<void> => {
      const destinations = await profiles.destinationsOf(
        tenantId,
        messages.map(({ originator }) => originator),
      )
      const entries = messages.map((message, index) => {
        const destination = destinations[index]
        return {
          queueName: destination?.queueName ?? 'Main',
          message: { ...message, ruleChainId: message.ruleChainId ?? destination?.ruleChainId ?? null },
        }
      })
      const groups = Map.groupBy(entries, ({ queueName, message }) => `${queueName} ${message.originator.id}`)
      await Promise.all(
        [...groups.values()].map(async (group) => {
          const [first] = group
          if (!first) return
          const list = group.map(({ message }) => message)
          const bytes = list.reduce((sum, { data }) => sum + data.length + envelopeBytes, 0)
          await queue.submitInternal(first.queueName, first.message.originator.id, list, bytes)
        }),
      )
    }

    return {
      telemetry: {
        save: async (saves) => {
          await telemetry.save(tenantId, saves)
          await services.fieldUpdates.updated(tenantId, telemetryUpdates(saves))
        },
        ...telemetryReads(database, tenantId),
      },
      attributes: {
        find: reads.attributes(tenantId),
        save: async (saves) => {
          await attributes.save(tenantId, saves)
          await services.fieldUpdates.updated(tenantId, attributeUpdates(saves))
        },
        remove: async (removals) => {
          const removed = await attributes.remove(tenantId, removals)
          await services.fieldUpdates.updated(tenantId, removalUpdates(removals, removed, Date.now()))
          return removed
        },
      },
      messages: { enqueue, ...later.messages },
      gathered: later.gathered,
      series: later.series,
      counts: later.counts,
      machine: { name: hostname() },
      entities: {
        ...reads.entities(tenantId),
        defaultRuleChains: async (entityIds) =>
          (await profiles.destinationsOf(tenantId, entityIds)).map(({ ruleChainId }) => ruleChainId),
      },
      relations: reads.relations(tenantId),
      alarms: services.alarms(tenantId),
      alarmRules: services.alarmRules.portOf(tenantId),
      rpc: {
        send: (calls) => desk.send(tenantId, calls),
        replyToDevice: ({ serviceId, ...reply }) => replies.send(serviceId, { kind: 'device', ...reply }),
        replyToRestCall: ({ serviceId, requestId, data }) =>
          replies.send(serviceId, { kind: 'call', requestId, data, error: null }),
      },
      ...services.changePorts(tenantId),
      scripts: scripts.portOf(tenantId),
      outbound: services.outbound.portOf(tenantId),
      log: { info: (message, fields) => logger.info({ tenantId, ...fields }, message) },
      clock: { now: Date.now },
    }
  }
