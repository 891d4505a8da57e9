import type { Message } from '@thingwire/contracts'
import {
  type AttributesSave,
  type BatchResult,
  compileChain,
  createNodeRegistry,
  type Hold,
  type LaterMessage,
  type NodeHandlerFactory,
  type NodeInstance,
  type NodeManifest,
  type NodeSurroundings,
  perMessage,
  type Ports,
  type RpcCall,
  runBatch,
  type Series,
  type SeriesStep,
  type StoredRuleChain,
  startNodes,
  type TelemetrySave,
} from '@thingwire/rules'
import { scriptsInRealm, type TbelTranslation, testIds, testMessage } from '@thingwire/rules/testing'
import { compileTbel, tbelRuntime } from '@thingwire/tbel'
import { z } from 'zod'
import { recordingAlarmRules } from './harness/alarm-rules.ts'
import { recordingAlarms } from './harness/alarms.ts'
import { recordingChanges } from './harness/changes.ts'
import { recordingEntities } from './harness/entities.ts'
import { recordingOutside } from './harness/outbound.ts'
import type { NodeCase } from './node-case.ts'

/** The sandbox with both languages, without the walls around it: the scripts of cases are ours. */
const translateTbel: TbelTranslation = (body, args) => {
  const compiled = compileTbel(body, { args })
  if (compiled.ok) return { js: compiled.js, runtime: tbelRuntime }
  const [problem] = compiled.problems
  return problem ? `Line ${problem.line}, column ${problem.column}: ${problem.message}` : 'The script cannot be read'
}

/** Ports that keep what they were asked, call by call, over a small store in memory. Assign to one to make it fail. */
export const recordingPorts = (given: Partial<NodeCase> = {}) => {
  const outside = recordingOutside(given)
  const calls = {
    telemetry: [] as TelemetrySave[][],
    attributes: [] as AttributesSave[][],
    finds: 0,
    enqueued: [] as Message[],
    later: [] as LaterMessage[],
    counted: 0,
    series: [] as (Series & SeriesStep)[],
    logged: [] as string[],
    rpcs: [] as RpcCall[],
    deviceReplies: [] as unknown[],
    restReplies: [] as unknown[],
  }
  const changes = recordingChanges(given)
  const reads = recordingEntities(given)
  const alarms = recordingAlarms(given)
  const alarmRules = recordingAlarmRules(given)
  const ports: Ports = {
    ...changes.ports,
    alarms: alarms.port,
    alarmRules: alarmRules.port,
    entities: reads.ports.entities,
    relations: reads.ports.relations,
    telemetry: { ...reads.ports.telemetry, save: async (saves) => void calls.telemetry.push([...saves]) },
    attributes: {
      find: async (queries) => {
        calls.finds++
        return queries.map(({ scope, entityId, keys }) =>
          (given.attributes ?? [])
            .filter((stored) => stored.scope === scope && (stored.entityId?.id ?? testIds.device) === entityId.id)
            .flatMap((stored) => stored.entries.filter(({ key }) => keys.includes(key))),
        )
      },
      save: async (saves) => void calls.attributes.push([...saves]),
      remove: changes.removeAttributes,
    },
    messages: {
      enqueue: async (messages) => void calls.enqueued.push(...messages),
      enqueueLater: async (messages) => {
        calls.later.push(...messages)
        return messages.map(() => 'kept')
      },
      cancelLater: async () => {},
    },
    gathered: { list: async () => [], remove: async () => {} },
    series: {
      begin: async (series, { dueMs, state }) => void calls.series.push({ ...series, dueMs, state }),
      read: () => null,
      next: async () => 'stale',
    },
    rpc: {
      send: async (list) => void calls.rpcs.push(...list),
      replyToDevice: async (reply) => void calls.deviceReplies.push(reply),
      replyToRestCall: async (reply) => void calls.restReplies.push(reply),
    },
    counts: {
      add: async (_node, _name, amount) => {
        calls.counted += amount
        return calls.counted
      },
    },
    machine: { name: 'machine' },
    outbound: outside.port,
    scripts: scriptsInRealm(translateTbel),
    log: { info: (message) => void calls.logged.push(message) },
    clock: { now: () => 1_000 },
  }
  return { ports, calls, reads: reads.calls, changed: { ...changes.calls, ...alarms.calls }, outside: outside.calls }
}

/** A sink behind every label remembers what came out along it. */
const sink = {
  type: 'test-sink',
  className: 'test.Sink',
  name: 'sink',
  description: 'Remembers.',
  category: 'flow',
  icon: 'circle',
} as const
const sinkManifest: NodeManifest = {
  ...sink,
  configVersion: 0,
  config: z.unknown(),
  defaults: {},
  connections: [],
  upgrades: {},
}

const chainAround = (
  manifest: NodeManifest,
  config: Record<string, unknown> | undefined,
  labels: readonly string[],
): StoredRuleChain => {
  const node = { singletonMode: false, configurationVersion: manifest.configVersion }
  const defaults = typeof manifest.defaults === 'object' && manifest.defaults !== null ? manifest.defaults : {}
  return {
    id: testIds.chain,
    name: 'Case',
    type: 'CORE',
    version: 1,
    additionalInfo: null,
    firstNodeIndex: 0,
    nodes: [
      {
        ...node,
        id: 'node-1',
        type: manifest.className,
        name: manifest.name,
        configuration: { ...defaults, ...config },
      },
      ...labels.map((label) => ({
        ...node,
        id: `sink ${label}`,
        type: sink.className,
        name: label,
        configuration: {},
      })),
    ],
    connections: labels.map((type, index) => ({ fromIndex: 0, toIndex: index + 1, type })),
  }
}

export type Leaving = { by: string; message: Message }

/** Runs messages through one node in the real router, with a sink wired to each of `labels`. */
export const runNode = async (input: {
  manifest: NodeManifest
  factory: NodeHandlerFactory | undefined
  config?: Record<string, unknown> | undefined
  messages: readonly Message[]
  ports: Ports
  labels: readonly string[]
}): Promise<{
  result: BatchResult
  /** In the order of the messages; branches have ids of their own and are not among them. */
  left: Leaving[]
  /** All that came out, in the order in which it did. */
  arrived: Leaving[]
  instance: NodeInstance
}> => {
  const { manifest, factory, config, messages, ports, labels } = input
  const compiled = compileChain(chainAround(manifest, config, labels), createNodeRegistry([manifest, sinkManifest]))
  if (!compiled.ok) throw new Error(compiled.problems.join('\n'))
  const left: Leaving[] = []
  const sinkFactory: NodeHandlerFactory = {
    manifest: sinkManifest,
    create: (_, { nodeName }) =>
      perMessage((message) => {
        left.push({ by: nodeName, message })
        return []
      }),
  }
  const factories = new Map([[sink.type, sinkFactory], ...(factory ? [[manifest.type, factory] as const] : [])])
  const instances = await startNodes(
    compiled.chain,
    factories,
    (node): NodeSurroundings => ({
      tenantId: testIds.tenant,
      ruleChainId: testIds.chain,
      nodeId: node.id,
      nodeName: node.name,
      ports,
    }),
  )
  const requeued: Message[] = []
  const held = new Set<string>()
  const batch = {
    chain: compiled.chain,
    instances,
    messages,
    signal: new AbortController().signal,
    callee: (id: string) => (id.endsWith('dead') ? undefined : answeringChain(id)),
    requeue: async (leaving: readonly { message: Message; hold?: Hold }[]) =>
      leaving.map(({ message, hold }) => {
        if (hold && held.size >= hold.most) return hold.refusal
        if (hold) held.add(message.id)
        // What is gathered waits for its node; anything else goes on as its runner would let it.
        if (!hold || !('group' in hold)) requeued.push(message)
        return null
      }),
  }
  const result = await runBatch(batch)
  if (requeued.length > 0)
    await runBatch({ ...batch, messages: requeued, from: { nodeId: 'node-1', connection: 'Success' } })
  const instance = instances[0]
  if (!instance) throw new Error('The chain has no node')
  return { result, left: inOrderOf([...messages, ...requeued], left), arrived: left, instance }
}

/** A chain whose only node returns to the caller by `back from <id>`. */
const answeringChain = (id: string) => {
  const manifest: NodeManifest = { ...sinkManifest, connections: [] }
  const node = {
    id: `${id}/out`,
    type: sink.className,
    name: 'out',
    singletonMode: false,
    configurationVersion: 0,
    configuration: {},
  }
  const stored: StoredRuleChain = {
    id,
    name: id,
    type: 'CORE',
    version: 1,
    additionalInfo: null,
    firstNodeIndex: 0,
    nodes: [node],
    connections: [],
  }
  const compiled = compileChain(stored, createNodeRegistry([manifest]))
  if (!compiled.ok) throw new Error(compiled.problems.join('\n'))
  const handler = perMessage((message) => [{ message, returnAs: `back from ${id}` }])
  return { chain: compiled.chain, instances: [{ state: 'ready' as const, handler }] }
}

const inOrderOf = (messages: readonly Message[], left: readonly Leaving[]): Leaving[] =>
  messages.flatMap(({ id }) => left.filter(({ message }) => message.id === id))

export const caseMessages = (example: NodeCase): Message[] =>
  (example.messages ?? [{}]).map((given) => testMessage(given))
