import { hostname } from 'node:os'
import type { Message } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { Ports } from '@thingwire/rules'
import type { AttributesWriter } from '../attributes/attributes-writer.ts'
import type { Logger } from '../observability/logger.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { ScriptRunner } from '../scripting/script-runner.ts'
import type { TelemetryWriter } from '../telemetry/telemetry-writer.ts'
import type { Replies } from '../rpc/replies.ts'
import type { RpcDesk } from '../rpc/rpc-desk.ts'
import { createLaterPorts } from '../self-messages/later-ports.ts'
import type { SelfMessages } from '../self-messages/self-messages.ts'
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
    desk: Pick<RpcDesk, 'send'>
    replies: Pick<Replies, 'send'>
    scripts: Pick<ScriptRunner, 'portOf'>
    logger: Logger
  }) =>
  (tenantId: string): Ports => {
    const { database, telemetry, attributes, queue, profiles, desk, replies, scripts, logger } = services
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
      telemetry: { save: (saves) => telemetry.save(tenantId, saves) },
      attributes: {
        find: (queries) => database.attributes.findMany(tenantId, queries),
        save: (saves) => attributes.save(tenantId, saves),
      },
      messages: { enqueue, ...later.messages },
      gathered: later.gathered,
      series: later.series,
      counts: later.counts,
      machine: { name: hostname() },
      entities: {
        exist: async (entityIds) => {
          const heads = await database.entities.findHeads(tenantId, entityIds)
          return entityIds.map(({ id }) => heads.some((head) => head.id.id === id.toLowerCase()))
        },
        defaultRuleChains: async (entityIds) =>
          (await profiles.destinationsOf(tenantId, entityIds)).map(({ ruleChainId }) => ruleChainId),
      },
      rpc: {
        send: (calls) => desk.send(tenantId, calls),
        replyToDevice: ({ serviceId, ...reply }) => replies.send(serviceId, { kind: 'device', ...reply }),
        replyToRestCall: ({ serviceId, requestId, data }) =>
          replies.send(serviceId, { kind: 'call', requestId, data, error: null }),
      },
      scripts: scripts.portOf(tenantId),
      log: { info: (message, fields) => logger.info({ tenantId, ...fields }, message) },
      clock: { now: Date.now },
    }
  }
