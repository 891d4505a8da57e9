import type { AttributeScope, ChainTest, EntityId, effectKinds, KvEntry, Message } from '@thingwire/contracts'
import { kvEntriesToJson } from '../kv-json.ts'
import type { EntitiesPort, Ports, RelationsPort, RpcCall, ScriptsPort } from '../ports.ts'
import { dryOutbound } from './ports/outbound.ts'
import { dryTelemetry, type TelemetryReads } from './ports/telemetry.ts'
import { parseAttributesPayload } from '../telemetry-json.ts'
import { dryAlarmRules } from './ports/alarm-rules.ts'
import { dryAlarms } from './ports/alarms.ts'
import { dryChanges } from './ports/changes.ts'

/** What a node would have done outside, as a test compares it. */
export type Effect = Record<string, unknown> & { kind: (typeof effectKinds)[number] }

/** What a dry run may read. Nothing of it changes anything. */
export type DryReads = {
  scripts: ScriptsPort
  entities: EntitiesPort
  attributes?: Ports['attributes']['find']
  /** Absent: there are none. */
  relations?: RelationsPort
  telemetry?: TelemetryReads
  views?: Ports['views']
  alarms?: Pick<Ports['alarms'], 'read' | 'active' | 'activeOf'>
  alarmRules?: Pick<Ports['alarmRules'], 'devices'>
}

export type DryPorts = {
  ports: Ports
  /** Those since the last call, in the order in which nodes asked for them. */
  takeEffects(): Effect[]
  /** Messages by which answers have come back since the last call. */
  takeAnswers(): Message[]
}

type Given = ChainTest['given'] & { originator: EntityId }

/** Ports that remember what they are asked to change, and answer from what is given, what was changed, and the reads. */
export const createDryPorts = (given: Given, reads: DryReads, tenantId: string): DryPorts => {
  let effects: Effect[] = []
  let answers: Message[] = []
  const now = given.now ?? Date.now()
  const stored = givenAttributes(given)

  const answer = (call: RpcCall) => {
    const known = Object.hasOwn(given.commandAnswers, call.method) ? given.commandAnswers[call.method] : undefined
    if (!known || !call.continuation) return
    answers.push({
      ...call.continuation,
      ...('error' in known
        ? { connection: 'Failure', data: JSON.stringify({ error: known.error }) }
        : { connection: 'Success', data: known.data }),
    })
  }

  const find: Ports['attributes']['find'] = async (queries) => {
    const real = reads.attributes ? await reads.attributes(queries) : queries.map(() => [])
    return queries.map(({ entityId, scope, keys }, index) => {
      const own = stored.get(placeOf(entityId, scope))
      return keys.flatMap((key) => {
        // Null: it was removed on the way.
        if (own?.has(key)) return own.get(key) ?? []
        return real[index]?.find((entry) => entry.key === key) ?? []
      })
    })
  }

  const telemetry = dryTelemetry(reads.telemetry)
  const ports: Ports = {
    telemetry: {
      ...telemetry.reads,
      save: async (saves) => {
        for (const save of saves) telemetry.remember(save)
        for (const { entityId, entries, ttlSeconds, saveTimeseries, saveLatest } of saves)
          for (const [ts, group] of Map.groupBy(entries, (entry) => entry.ts))
            effects.push({
              ...{ kind: 'telemetry', entityId, ts, values: valuesOf(group) },
              ...{ ttlSeconds, saveTimeseries, saveLatest },
            })
      },
    },
    alarmRules: dryAlarmRules(reads.alarmRules),
    alarms: dryAlarms({ nowMs: now, tenantId, given, effect: (one) => void effects.push(one), reads: reads.alarms }),
    attributes: {
      find,
      save: async (saves) => {
        for (const { entityId, scope, entries, save, notifyDevice } of saves) {
          effects.push({ kind: 'attributes', entityId, scope, values: valuesOf(entries), save, notifyDevice })
          if (save) remember(stored, entityId, scope, entries)
        }
      },
      remove: async (removals) => {
        const found = await find(removals)
        for (const { entityId, scope, keys, notifyDevice } of removals) {
          effects.push({ kind: 'attributes-removed', entityId, scope, keys: [...keys], notifyDevice })
          placeIn(stored, entityId, scope, (values) => {
            for (const key of keys) values.set(key, null)
          })
        }
        return found.map((entries) => entries.map(({ key }) => key))
      },
    },
    messages: {
      enqueue: async (messages) => {
        for (const { type, originator, data, metadata, ruleChainId } of messages)
          effects.push({ kind: 'message', type, originator, data: parsed(data), metadata, ruleChainId })
      },
      // Time stands still here: what a node keeps for later goes on at once.
      enqueueLater: async (messages) => {
        answers.push(...messages.map(({ message }) => message))
        return messages.map(() => 'kept')
      },
      cancelLater: async () => {},
    },
    gathered: { list: async () => [], remove: async () => {} },
    series: { begin: async () => {}, read: () => null, next: async () => 'stale' },
    entities: reads.entities,
    relations: reads.relations ?? noRelations,
    ...dryChanges((one) => void effects.push(one), reads),
    rpc: {
      send: async (calls) => {
        for (const call of calls) {
          const { deviceId, method, params, isOneway, isPersistent } = call
          effects.push({ kind: 'command', deviceId, method, params: parsed(params), isOneway, isPersistent })
          answer(call)
        }
      },
      replyToDevice: async ({ requestId, data }) =>
        void effects.push({ kind: 'device-reply', requestId, data: parsed(data) }),
      replyToRestCall: async ({ data }) => void effects.push({ kind: 'rest-reply', data: parsed(data) }),
    },
    outbound: dryOutbound(given, (effect) => void effects.push(effect)),
    counts: { add: async (_node, _name, amount) => amount },
    machine: { name: 'test' },
    scripts: reads.scripts,
    log: { info: () => {} },
    clock: { now: () => now },
  }
  return {
    ports,
    takeEffects: () => {
      const taken = effects
      effects = []
      return taken
    },
    takeAnswers: () => {
      const taken = answers
      answers = []
      return taken
    },
  }
}

const noRelations: RelationsPort = {
  search: async (searches) => searches.map(() => []),
  have: async (questions) => questions.map(() => false),
  list: async (queries) => queries.map(() => []),
}

type Stored = Map<string, Map<string, KvEntry | null>>

const placeOf = (entityId: EntityId, scope: AttributeScope) => `${entityId.entityType}/${entityId.id}/${scope}`

const placeIn = (
  stored: Stored,
  entityId: EntityId,
  scope: AttributeScope,
  change: (values: Map<string, KvEntry | null>) => void,
) => {
  const place = placeOf(entityId, scope)
  const known = stored.get(place) ?? new Map<string, KvEntry | null>()
  stored.set(place, known)
  change(known)
}

const remember = (stored: Stored, entityId: EntityId, scope: AttributeScope, entries: readonly KvEntry[]) =>
  placeIn(stored, entityId, scope, (values) => {
    for (const entry of entries) values.set(entry.key, entry)
  })

const givenAttributes = ({ attributes, originator }: Given): Stored => {
  const stored: Stored = new Map()
  for (const { entityId = originator, scope, values } of attributes) {
    const entries = parseAttributesPayload(JSON.stringify(values), { typeCast: false })
    if (entries.ok) remember(stored, entityId, scope, entries.entries)
  }
  return stored
}

const valuesOf = (entries: readonly KvEntry[]): unknown => JSON.parse(kvEntriesToJson(entries))

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
