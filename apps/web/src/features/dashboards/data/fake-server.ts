import type { EntityData, LivePoint } from '@thingwire/contracts'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import type { LiveChange, LiveListener, LiveRequest } from '@/live/live-client.ts'
import { createDataRuntime, type DataRuntime } from './data-runtime.ts'
import type { SeriesOutcome, SeriesQuestion } from './series-reads.ts'

type EntityRequest = Extract<LiveRequest, { kind: 'entity-data' }>
type Subscription = { request: LiveRequest; listener: LiveListener; isLeft: boolean }
type Asked = { questions: readonly SeriesQuestion[]; answer: (outcomes: SeriesOutcome[]) => void }

export const deviceId = (n: number) => ({
  entityType: 'DEVICE' as const,
  id: `784f394c-42b6-435a-983c-${String(n).padStart(12, '0')}`,
})

/** What the server would say, said by a test: subscriptions that are open, readings that wait for an answer. */
export const fakeServer = (functions: WidgetHost['functions'] = { callMany: async () => [] }) => {
  const subscriptions: Subscription[] = []
  const asked: Asked[] = []
  const stateListeners = new Set<() => void>()
  let state: ReturnType<DataRuntime['connection']['state']> = { status: 'live', since: 0 }
  const runtime = createDataRuntime({
    client: {
      subscribe: (request, listener) => {
        const one: Subscription = { request, listener, isLeft: false }
        subscriptions.push(one)
        return () => {
          one.isLeft = true
        }
      },
      state: () => state,
      onStateChange: (listener) => {
        stateListeners.add(listener)
        return () => stateListeners.delete(listener)
      },
    },
    ask: (questions) => new Promise((answer) => asked.push({ questions, answer })),
    functions,
    userId: deviceId(99).id,
    nextFrame: (run) => void setTimeout(run, 16),
  })
  const open = () => subscriptions.filter(({ isLeft }) => !isLeft)
  const tell = (change: LiveChange, to: readonly Subscription[] = open()) => {
    for (const { listener } of to) listener(change)
  }
  const row = (
    n: number,
    { query, keys }: EntityRequest,
    values: Record<string, [ts: number, value: string]>,
  ): EntityData => {
    const latest: EntityData['latest'] = {
      ENTITY_FIELD: {
        name: { ts: 1, value: `Device ${n}` },
        label: { ts: 1, value: '' },
        type: { ts: 1, value: 'sensor' },
        createdTime: { ts: 1, value: '1700000000000' },
      },
    }
    for (const { key } of query.entityFields ?? [])
      latest.ENTITY_FIELD = { [key]: { ts: 1, value: '' }, ...latest.ENTITY_FIELD }
    for (const { type, key } of keys) {
      const [ts, value] = values[key] ?? [0, '']
      latest[type] = { ...latest[type], [key]: { ts, value } }
    }
    return { entityId: deviceId(n), latest, timeseries: {}, aggLatest: {} }
  }
  return {
    runtime,
    asked,
    open,
    tell,
    /** The first answer of every open subscription to entities: devices by number, with their values. */
    answerEntities: (devices: Record<number, Record<string, [ts: number, value: string]>>, to = open()) => {
      for (const one of to) {
        const { request } = one
        if (request.kind !== 'entity-data') continue
        const data = Object.entries(devices).map(([n, values]) => row(Number(n), request, values))
        tell(
          {
            kind: 'entity-data',
            page: { data, totalElements: data.length, totalPages: 1, hasNext: false },
            changed: [],
          },
          [one],
        )
      }
    },
    /** New points of a device, as the server tells them to who asked for them. */
    send: (n: number, points: Record<string, LivePoint[]>) =>
      tell({ kind: 'entity-data', page: null, changed: [], points: [{ entityId: deviceId(n), points }] }),
    /** A newest value. */
    change: (n: number, key: string, value: [ts: number, value: string]) =>
      tell({
        kind: 'entity-data',
        page: null,
        changed: [{ entityId: deviceId(n), latest: { TIME_SERIES: { [key]: { ts: value[0], value: value[1] } } } }],
      }),
    /** Answers the oldest waiting request by what a function makes of each question. */
    answerSeries: async (
      answer: (question: SeriesQuestion) => Record<number, Record<string, LivePoint[]>> | string,
    ) => {
      const request = asked.shift()
      request?.answer(
        request.questions.map((question): SeriesOutcome => {
          const made = answer(question)
          if (typeof made === 'string') return { ok: false, message: made }
          return {
            ok: true,
            series: new Map(Object.entries(made).map(([n, series]) => [deviceId(Number(n)).id, series])),
          }
        }),
      )
      await settled()
    },
    connection: (status: 'live' | 'lost', since: number) => {
      state = { status, since }
      for (const listener of stateListeners) listener()
    },
  }
}

/** What follows by itself has happened. */
export const settled = async () => {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve()
}
