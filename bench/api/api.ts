import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { type Bench, type BenchContext, type Figure, wholeNumber } from '../harness/bench.ts'
import { summary } from '../harness/histogram.ts'
import { cpuSeconds, machineBusySeconds, ownCpuSeconds } from '../harness/processes.ts'
import { signIn } from '../harness/sign-in.ts'
import { type BenchStack, startStack } from '../harness/stack.ts'
import { grouped } from '../harness/table.ts'
import { type Loader, startLoader } from './load.ts'
import { deviceId, seedDevices } from './seed.ts'

const goals = { requestsPerSecond: 3_000, listMs: 50, findMs: 200 }
const pageSize = 10

export const api: Bench = {
  name: 'api',
  about: 'the REST API over many devices: simple authorised reads, lists, and queries with key filters',
  options: {
    devices: { default: '100000', about: 'devices of the tenant' },
    connections: { default: '50', about: 'connections of the simple reads' },
    readers: { default: '2', about: 'connections of lists and queries' },
    seconds: { default: '10', about: 'how long each request is measured' },
  },
  run: async (context) => {
    const { options, say, signal } = context
    const devices = wholeNumber(options, 'devices', [100, 1_000_000])
    const shape = {
      connections: wholeNumber(options, 'connections', [1, 1_000]),
      readers: wholeNumber(options, 'readers', [1, 1_000]),
      measureMs: wholeNumber(options, 'seconds', [1, 600]) * 1_000,
    }
    const stack = await startStack({ say, signal })
    let loader: Loader | undefined
    try {
      say(`storing ${grouped(devices)} devices`)
      await seedDevices(stack.databaseUrl, devices)
      const token = await signIn(stack.httpUrl)
      const isRight = await checkAnswers(stack.httpUrl, token, devices)
      loader = startLoader(stack.httpUrl, signal)
      const measured: Measured[] = []
      const others = watchOthers()
      for (const job of jobsOf(devices)) {
        measured.push(await measure(job, { loader, stack, token, shape, context }))
      }
      const othersCores = others()
      const isAnswered = measured.every(({ refused }) => refused === 0)
      return {
        correct: isRight && isAnswered,
        figures: [
          ...measured.map(figureOf),
          {
            what: 'busy with other programs meanwhile',
            value: `${othersCores} of ${availableParallelism()} cores`,
          },
          {
            what: 'answers as expected',
            value: isRight && isAnswered ? 'all' : 'not all',
            goal: 'all',
            met: isRight && isAnswered,
          },
        ],
        data: { devices, ...shape, othersCores, measured },
      }
    } finally {
      await loader?.stop()
      await stack.stop()
    }
  },
}

type Ask = { method?: 'POST'; path: string; body?: unknown }
type Job = { what: string; kind: 'simple' | 'list' | 'find'; asks: Ask[] }

const list = (more: Record<string, string>, path = '/api/tenant/deviceInfos'): Ask => ({
  path: `${path}?${new URLSearchParams({ pageSize: String(pageSize), page: '0', ...more }).toString()}`,
})
const values = (n: number, what: string) => `/api/plugins/telemetry/DEVICE/${deviceId(n)}/values/${what}`
const lastPage = (devices: number) => String(Math.floor(devices / pageSize) - 1)

const jobsOf = (devices: number): Job[] => {
  const name = (n: number) => `Meter ${String(n).padStart(6, '0')}`
  // Spread over all devices, so that no cache of one row answers.
  const spread = Array.from({ length: 1_000 }, (_, i) => 1 + Math.floor((i * devices) / 1_000))
  return [
    { what: 'GET /api/auth/user', kind: 'simple', asks: [{ path: '/api/auth/user' }] },
    { what: 'GET /api/device/{id}', kind: 'simple', asks: spread.map((n) => ({ path: `/api/device/${deviceId(n)}` })) },
    {
      what: 'GET latest value of a device',
      kind: 'simple',
      asks: spread.map((n) => ({ path: values(n, 'timeseries?keys=temperature') })),
    },
    {
      what: 'GET attributes of a device',
      kind: 'simple',
      asks: spread.map((n) => ({ path: values(n, 'attributes/SERVER_SCOPE') })),
    },
    { what: 'devices, first page', kind: 'list', asks: [list({}, '/api/tenant/devices')] },
    {
      what: 'device infos, first page, newest first',
      kind: 'list',
      asks: [list({ sortProperty: 'createdTime', sortOrder: 'DESC' })],
    },
    {
      what: 'device infos, last page by name',
      kind: 'list',
      asks: [list({ sortProperty: 'name', sortOrder: 'ASC', page: lastPage(devices) })],
    },
    { what: 'device infos, search for one', kind: 'list', asks: spread.map((n) => list({ textSearch: name(n) })) },
    {
      what: 'device infos, search for many',
      kind: 'list',
      asks: [list({ textSearch: 'hall 7', sortProperty: 'name', sortOrder: 'DESC' })],
    },
    { what: 'device infos, active first', kind: 'list', asks: [list({ sortProperty: 'active', sortOrder: 'DESC' })] },
    { what: 'entitiesQuery/find, two key filters', kind: 'find', asks: spread.slice(0, 50).map((_, i) => find(i)) },
    {
      what: 'entitiesQuery/find, two filters by name',
      kind: 'find',
      asks: spread.slice(0, 50).map((_, i) => find(i, 'name')),
    },
    { what: 'entitiesQuery/count, two key filters', kind: 'find', asks: spread.slice(0, 50).map((_, i) => count(i)) },
  ]
}

const filters = (floor: number) => ({
  entityFilter: { type: 'entityType', entityType: 'DEVICE' },
  keyFilters: [
    numeric('TIME_SERIES', 'temperature', 'GREATER', 20),
    numeric('SERVER_ATTRIBUTE', 'floor', 'EQUAL', floor),
  ],
})
const numeric = (type: string, key: string, operation: string, defaultValue: number) => ({
  key: { type, key },
  valueType: 'NUMERIC',
  predicate: { type: 'NUMERIC', operation, value: { defaultValue, userValue: null, dynamicValue: null } },
})
const find = (floor: number, order?: string): Ask => ({
  method: 'POST',
  path: '/api/entitiesQuery/find',
  body: {
    ...filters(floor),
    entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
    latestValues: [{ type: 'TIME_SERIES', key: 'temperature' }],
    pageLink: {
      pageSize,
      page: 0,
      ...(order && { sortOrder: { key: { type: 'ENTITY_FIELD', key: order }, direction: 'ASC' } }),
    },
  },
})
const count = (floor: number): Ask => ({ method: 'POST', path: '/api/entitiesQuery/count', body: filters(floor) })

/** What is measured must be right: known devices, and as many as the seed makes. */
const checkAnswers = async (url: string, token: string, devices: number): Promise<boolean> => {
  const ask = async ({ method, path, body }: Ask): Promise<unknown> => {
    const answer = await fetch(new URL(path, url), {
      method: method ?? 'GET',
      headers: { 'x-authorization': `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return answer.json()
  }
  const page = z.object({ totalElements: z.number(), data: z.array(z.unknown()) })
  const all = page.parse(await ask(list({ textSearch: 'Meter ' })))
  const one = z.object({ name: z.string() }).parse(await ask({ path: `/api/device/${deviceId(7)}` }))
  const found = page.parse(await ask(find(3)))
  let expected = 0
  for (let n = 1; n <= devices; n++) if (n % 50 === 3 && ((n * 7_919) % 400) / 10 > 20) expected++
  const counted = z.number().parse(await ask(count(3)))
  return (
    all.totalElements === devices &&
    one.name === 'Meter 000007' &&
    found.totalElements === expected &&
    counted === expected
  )
}

const rawRequest = ({ method, path, body }: Ask, token: string): string => {
  const text = body === undefined ? '' : JSON.stringify(body)
  const lines = [
    `${method ?? 'GET'} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    `x-authorization: Bearer ${token}`,
    ...(text ? ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`] : []),
  ]
  return `${lines.join('\r\n')}\r\n\r\n${text}`
}

type Measured = ReturnType<typeof summary> & {
  what: string
  kind: Job['kind']
  perSecond: number
  refused: number
  engineCores: number
}

const measure = async (
  { what, kind, asks }: Job,
  run: {
    loader: Loader
    stack: BenchStack
    token: string
    shape: { connections: number; readers: number; measureMs: number }
    context: BenchContext
  },
): Promise<Measured> => {
  const { loader, stack, token, shape } = run
  run.context.say(what)
  const warmUpMs = Math.min(3_000, shape.measureMs)
  const pid = stack.pids.gateway ?? -1
  const cpu = ownCpuSeconds(pid)
  const began = performance.now()
  const report = await loader.run({
    connections: kind === 'simple' ? shape.connections : shape.readers,
    requests: asks.map((ask) => rawRequest(ask, token)),
    warmUpMs,
    measureMs: shape.measureMs,
  })
  const engineCores = (ownCpuSeconds(pid) - cpu) / ((performance.now() - began) / 1_000)
  const answers = Object.values(report.statuses).reduce((sum, n) => sum + n, 0)
  return {
    what,
    kind,
    ...summary(report.latency),
    perSecond: Math.round(report.latency.total / report.seconds),
    refused: answers - (report.statuses['200'] ?? 0),
    engineCores: Number(engineCores.toFixed(2)),
  }
}

/** Cores that programs beside this bench used since it was asked to watch: figures of a busy machine say little. */
const watchOthers = (): (() => number) => {
  const otherSeconds = () => machineBusySeconds() - cpuSeconds(process.pid)
  const [before, began] = [otherSeconds(), performance.now()]
  return () => Number((((otherSeconds() - before) * 1_000) / (performance.now() - began)).toFixed(2))
}

const figureOf = ({ what, kind, perSecond, p50Ms, p95Ms, maxMs, engineCores }: Measured): Figure => {
  const times = `p50 ${p50Ms} / p95 ${p95Ms} / max ${maxMs} ms`
  if (kind === 'simple')
    return {
      what,
      value: `${grouped(perSecond)}/s, ${times}, engine ${engineCores} cores`,
      goal: `≥ ${grouped(goals.requestsPerSecond)}/s`,
      met: perSecond >= goals.requestsPerSecond,
    }
  const goalMs = kind === 'list' ? goals.listMs : goals.findMs
  return { what, value: `${times}, ${grouped(perSecond)}/s`, goal: `p95 < ${goalMs} ms`, met: p95Ms < goalMs }
}
