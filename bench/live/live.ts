import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { type ProvisionedDevice, provisionDevices } from '../../scripts/simulate/platform.ts'
import { type Bench, type BenchContext, wholeNumber } from '../harness/bench.ts'
import { createHistogram, type Histogram, record, summary } from '../harness/histogram.ts'
import { memoryOf, ownCpuSeconds } from '../harness/processes.ts'
import { startStack } from '../harness/stack.ts'
import { grouped } from '../harness/table.ts'
import { type Crowd, openCrowd } from './crowd.ts'
import { deliveries } from './deliveries.ts'
import { untilQuiet } from './until-quiet.ts'

const goalMb = 300

export const live: Bench = {
  name: 'live',
  about: 'live subscriptions on /api/ws: memory of many, and the way from devices to those who look',
  options: {
    sockets: { default: '100', about: 'sockets with many subscriptions' },
    subscriptions: { default: '100', about: 'subscriptions of each of them' },
    singles: { default: '2000', about: 'sockets with one subscription' },
    devices: { default: '1000', about: 'devices that are looked at' },
    distinct: { default: '1', about: '1: no two sockets ask the same, so that nothing is shared; 0: all do' },
    seconds: { default: '15', about: 'how long devices send' },
    senders: { default: '16', about: 'requests of devices at a time' },
  },
  run: async (context) => {
    const { options, say, signal } = context
    const shape = {
      sockets: wholeNumber(options, 'sockets', [1, 5_000]),
      subscriptions: wholeNumber(options, 'subscriptions', [1, 5_000]),
      singles: wholeNumber(options, 'singles', [0, 10_000]),
      isDistinct: wholeNumber(options, 'distinct', [0, 1]) === 1,
    }
    const deviceCount = wholeNumber(options, 'devices', [1, 100_000])
    const load = {
      seconds: wholeNumber(options, 'seconds', [1, 600]),
      senders: wholeNumber(options, 'senders', [1, 200]),
    }
    const stack = await startStack({ say, signal })
    const crowd = openCrowd()
    try {
      const access = { url: stack.httpUrl, user: 'tenant@thingwire.local', password: 'tenant' }
      say(`making ${grouped(deviceCount)} devices`)
      const devices = await provisionDevices(access, Array.from({ length: deviceCount }, nameOf), 'default')
      const { token, ids } = await signIn(access, devices)
      await send(stack.httpUrl, devices, { seconds: 2, senders: load.senders }, context)

      // Making devices leaves much garbage behind; what subscriptions take is measured from a fresh start.
      await stack.restartEngine()
      const pid = stack.pids.gateway ?? -1
      const memory = async (): Promise<number> => {
        // Garbage of what was just done is gone after a while without work.
        await delay(4_000, undefined, { signal })
        return Math.round(memoryOf(pid).residentMb)
      }
      const idleMb = await memory()
      const manyMs = await subscribeMany(crowd, stack.httpUrl, token, ids, shape, context)
      const manyMb = await memory()
      const many = await measure(crowd, stack.httpUrl, devices, load, pid, context)
      const loadedMb = await memory()
      say(`${grouped(shape.singles)} sockets with one subscription`)
      await crowd.open(shape.singles, { url: stack.httpUrl, token, signal }, (index) => [
        timeseries(1, ids[index % ids.length] ?? ''),
      ])
      const singlesMb = await memory()
      const all = await measure(crowd, stack.httpUrl, devices, load, pid, context)
      crowd.close()
      // Nobody else looks any more.
      await stack.restartEngine()
      const told = await deliveries({ stack, devices, ids, token, seconds: load.seconds, context })
      const result = resultOf({ shape, idleMb, manyMs, manyMb, loadedMb, singlesMb, many, all })
      return {
        ...result,
        figures: [...result.figures, ...told.figures],
        data: { ...result.data, deliveries: told.data },
      }
    } finally {
      crowd.close()
      await stack.stop()
    }
  },
}

type Shape = { sockets: number; subscriptions: number; singles: number; isDistinct: boolean }

const nameOf = (_: unknown, index: number) => `Live ${index + 1}`

const entityData = (cmdId: number, id: string, pageSize: number) => {
  const keys = [{ type: 'TIME_SERIES', key: 'load' }]
  return {
    type: 'ENTITY_DATA',
    cmdId,
    query: {
      entityFilter: { type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id } },
      pageLink: { pageSize, page: 0 },
      entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
      latestValues: keys,
    },
    latestCmd: { keys },
  }
}

const timeseries = (cmdId: number, entityId: string) => ({
  type: 'TIMESERIES',
  cmdId,
  entityType: 'DEVICE',
  entityId,
  keys: 'load',
})

/** Resolves to how long it took until every subscription had its first answer, ms. */
const subscribeMany = async (
  crowd: Crowd,
  url: string,
  token: string,
  ids: readonly string[],
  { sockets, subscriptions, isDistinct }: Shape,
  { say, signal }: BenchContext,
): Promise<number> => {
  say(`${grouped(sockets)} sockets with ${grouped(subscriptions)} subscriptions each`)
  const began = performance.now()
  await crowd.open(sockets, { url, token, signal }, (socket) =>
    Array.from({ length: subscriptions }, (_, n) =>
      entityData(n + 1, ids[(socket * subscriptions + n) % ids.length] ?? '', isDistinct ? socket + 1 : 1),
    ),
  )
  return Math.round(performance.now() - began)
}

const tokenSchema = z.object({ token: z.string() })
const pageSchema = z.object({ data: z.array(z.object({ id: z.object({ id: z.string() }), name: z.string() })) })

const signIn = async (
  access: { url: string; user: string; password: string },
  devices: readonly ProvisionedDevice[],
) => {
  const login = await fetch(new URL('/api/auth/login', access.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: access.user, password: access.password }),
  })
  const { token } = tokenSchema.parse(await login.json())
  const byName = new Map<string, string>()
  for (let page = 0; byName.size < devices.length; page++) {
    const path = `/api/tenant/devices?pageSize=1000&page=${page}&textSearch=Live`
    const answer = await fetch(new URL(path, access.url), { headers: { 'x-authorization': `Bearer ${token}` } })
    const { data } = pageSchema.parse(await answer.json())
    if (data.length === 0) throw new Error('The devices of the benchmark are not in the list.')
    for (const device of data) byName.set(device.name, device.id.id)
  }
  return { token, ids: devices.map(({ name }) => byName.get(name) ?? '') }
}

/** Devices send one value after the other; resolves to how many were accepted. */
const send = async (
  url: string,
  devices: readonly ProvisionedDevice[],
  { seconds, senders }: { seconds: number; senders: number },
  { signal }: Pick<BenchContext, 'signal'>,
): Promise<number> => {
  const end = performance.now() + seconds * 1_000
  let accepted = 0
  let next = 0
  const sender = async () => {
    while (performance.now() < end && !signal.aborted) {
      const device = devices[next++ % devices.length]
      const answer = await fetch(new URL(`/api/v1/${device?.token}/telemetry`, url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ load: next }),
      })
      await answer.arrayBuffer()
      if (answer.ok) accepted++
    }
  }
  await Promise.all(Array.from({ length: senders }, sender))
  return accepted
}

type Measured = {
  messagesPerSecond: number
  deliveriesPerSecond: number
  cpuShare: number
  latency: ReturnType<typeof summary>
}

const measure = async (
  crowd: Crowd,
  url: string,
  devices: readonly ProvisionedDevice[],
  load: { seconds: number; senders: number },
  pid: number,
  context: BenchContext,
): Promise<Measured> => {
  context.say(`devices send for ${load.seconds} s`)
  const latency: Histogram = createHistogram()
  const cpu = ownCpuSeconds(pid)
  const began = performance.now()
  let deliveries = 0
  crowd.onUpdate((ts) => {
    deliveries++
    record(latency, Math.max(0, Date.now() - ts) * 1_000)
  })
  const messages = await send(url, devices, load, context)
  await untilQuiet(() => deliveries, context.signal)
  const seconds = (performance.now() - began) / 1_000
  return {
    messagesPerSecond: Math.round(messages / load.seconds),
    deliveriesPerSecond: Math.round(deliveries / load.seconds),
    cpuShare: Number(((ownCpuSeconds(pid) - cpu) / seconds).toFixed(2)),
    latency: summary(latency),
  }
}

const resultOf = (data: {
  shape: Shape
  idleMb: number
  manyMs: number
  manyMb: number
  loadedMb: number
  singlesMb: number
  many: Measured
  all: Measured
}) => {
  const { shape, idleMb, manyMs, manyMb, loadedMb, singlesMb, many, all } = data
  const total = shape.sockets * shape.subscriptions
  const speed = ({ messagesPerSecond, deliveriesPerSecond, cpuShare, latency }: Measured) =>
    `${grouped(deliveriesPerSecond)}/s of ${grouped(messagesPerSecond)} messages/s, p95 ${latency.p95Ms} ms, ${cpuShare} cores`
  return {
    correct: many.deliveriesPerSecond > 0 && all.deliveriesPerSecond > 0,
    figures: [
      { what: 'engine after its start', value: `${idleMb} MB` },
      {
        what: `growth by ${grouped(total)} subscriptions`,
        value: `${manyMb - idleMb} MB, made in ${grouped(manyMs)} ms`,
        goal: `< ${goalMb} MB`,
        met: manyMb - idleMb < goalMb,
      },
      {
        what: 'the same after devices sent',
        value: `${loadedMb - idleMb} MB`,
        goal: `< ${goalMb} MB`,
        met: loadedMb - idleMb < goalMb,
      },
      { what: `growth with ${grouped(shape.singles)} more sockets`, value: `${singlesMb - idleMb} MB` },
      { what: 'deliveries to the first sockets', value: speed(many) },
      { what: 'deliveries to all sockets', value: speed(all) },
    ],
    data,
  }
}
