import { EventEmitter } from 'node:events'
import type { LiveSubscribe, LiveUpdate } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { LiveClient, type LiveChange, type LiveSocket } from './live-client.ts'

const device = { entityType: 'DEVICE' as const, id: '784f394c-42b6-435a-983c-b7beff2784f9' }
const latest = { kind: 'latest' as const, entityId: device }
const series = { kind: 'timeseries' as const, entityId: device, keys: ['a', 'b'], sinceTs: 100 }

const harness = () => {
  const server = new EventEmitter()
  const asked: LiveSubscribe[] = []
  const left: string[] = []
  let connects = 0
  const socket = {
    connected: false,
    active: true,
    on: (name: string, listener: (...args: unknown[]) => void) => server.on(name, listener),
    emit: (name: string, ...args: unknown[]) => {
      if (name === 'subscribe') asked.push(args[0] as LiveSubscribe)
      if (name === 'unsubscribe') left.push(String(args[0]))
    },
    connect: () => {
      connects++
    },
    disconnect: () => undefined,
  }
  const frames: (() => void)[] = []
  const recoveries: { isSessionOver: boolean; again: (value: boolean) => void }[] = []
  const client = new LiveClient({
    socket: socket as unknown as LiveSocket,
    schedule: (run) => frames.push(run),
    now: () => 1_000,
    recover: (isSessionOver) => new Promise((again) => recoveries.push({ isSessionOver, again })),
  })
  client.start()
  return {
    client,
    asked,
    left,
    frames,
    recoveries,
    connects: () => connects,
    refuse: (code: string) => {
      socket.active = false
      server.emit('connect_error', Object.assign(new Error(code), { data: { code } }))
    },
    connect: () => {
      socket.connected = true
      server.emit('connect')
    },
    drop: (reason = 'transport close') => {
      socket.connected = false
      server.emit('disconnect', reason)
    },
    signOut: () => server.emit('signedOut'),
    send: (...updates: LiveUpdate[]) => server.emit('update', updates),
    frame: () => {
      for (const run of frames.splice(0)) run()
    },
  }
}

describe('the live client', () => {
  it('asks once for identical requests and leaves when the last listener goes', () => {
    const h = harness()
    h.connect()
    const first = h.client.subscribe(latest, () => undefined)
    const second = h.client.subscribe(latest, () => undefined)
    expect(h.asked).toHaveLength(1)
    first()
    expect(h.left).toEqual([])
    second()
    expect(h.left).toEqual([h.asked[0]?.id])
  })

  it('tells a late listener what is already known', () => {
    const h = harness()
    h.connect()
    h.client.subscribe(latest, () => undefined)
    const id = h.asked[0]?.id ?? ''
    h.send({ id, kind: 'latest', values: { a: [1, 1] } }, { id, kind: 'latest', values: { b: [2, 2] } })
    h.frame()
    const seen: LiveChange[] = []
    h.client.subscribe(latest, (change) => seen.push(change))
    expect(seen).toEqual([{ kind: 'latest', values: { a: [1, 1], b: [2, 2] } }])
  })

  it('hands over what arrived together in one frame', () => {
    const h = harness()
    h.connect()
    const seen: LiveChange[] = []
    h.client.subscribe(latest, (change) => seen.push(change))
    const id = h.asked[0]?.id ?? ''
    h.send({ id, kind: 'latest', values: { a: [1, 1] } })
    h.send({ id, kind: 'latest', values: { a: [2, 2] } })
    expect(seen).toEqual([])
    expect(h.frames).toHaveLength(1)
    h.frame()
    expect(seen).toHaveLength(2)
  })

  it('asks again after a reconnect and tells time series of the gap', () => {
    const h = harness()
    const seen: LiveChange[] = []
    h.client.subscribe(latest, () => undefined)
    h.client.subscribe(series, (change) => seen.push(change))
    expect(h.asked).toEqual([])
    h.connect()
    expect(seen).toEqual([])
    h.drop()
    expect(h.client.state().status).toBe('lost')
    h.connect()
    expect(h.client.state().status).toBe('live')
    expect(h.asked.slice(2)).toEqual(h.asked.slice(0, 2))
    expect(seen).toEqual([{ kind: 'gap', sinceTs: 100 }])
  })

  it('tells followers of the series of a page of the gap, before the page comes anew', () => {
    const h = harness()
    const query = {
      entityFilter: { type: 'singleEntity' as const, singleEntity: device },
      pageLink: { page: 0, pageSize: 1 },
    }
    const seen = [['a'], []].map((series) => {
      const changes: string[] = []
      h.client.subscribe({ kind: 'entity-data', query, keys: [], series }, ({ kind }) => changes.push(kind))
      return changes
    })
    h.connect()
    expect(seen).toEqual([[], []])
    h.drop()
    h.connect()
    expect(seen).toEqual([['gap'], []])
    expect(h.asked).toHaveLength(4)
  })

  it('tells who comes late to a page its newest values, and no points', () => {
    const h = harness()
    h.connect()
    const query = {
      entityFilter: { type: 'singleEntity' as const, singleEntity: device },
      pageLink: { page: 0, pageSize: 1 },
    }
    const request = { kind: 'entity-data' as const, query, keys: [], series: ['a'] }
    h.client.subscribe(request, () => undefined)
    const id = h.asked[0]?.id ?? ''
    const page = {
      data: [{ entityId: device, latest: {}, timeseries: {}, aggLatest: {} }],
      totalPages: 1,
      totalElements: 1,
      hasNext: false,
    }
    const latest = { TIME_SERIES: { a: { ts: 2, value: '2' } } }
    h.send(
      { id, kind: 'entity-data', page, changed: [] },
      { id, kind: 'entity-data', page: null, changed: [{ entityId: device, latest }] },
      { id, kind: 'entity-data', page: null, changed: [], points: [{ entityId: device, points: { a: [[2, 2]] } }] },
    )
    h.frame()
    const seen: LiveChange[] = []
    h.client.subscribe(request, (change) => seen.push(change))
    const known = { ...page, data: [{ ...page.data[0], latest }] }
    expect(seen).toEqual([{ kind: 'entity-data', page: known, changed: [] }])
  })

  it('asks only once for a time series that begins anew when it hears of the gap', () => {
    const h = harness()
    h.connect()
    const leave = h.client.subscribe(series, () => {
      leave()
      h.client.subscribe({ ...series, sinceTs: 200 }, () => undefined)
    })
    h.drop()
    h.connect()
    expect(h.asked.map((request) => 'sinceTs' in request && request.sinceTs)).toEqual([100, 200])
  })

  it('asks for a time series as often as somebody needs its first points', () => {
    const h = harness()
    h.connect()
    h.client.subscribe(series, () => undefined)
    h.client.subscribe(series, () => undefined)
    expect(new Set(h.asked.map((request) => request.id)).size).toBe(2)
  })

  it('comes back by itself after a server that stopped', async () => {
    const h = harness()
    h.connect()
    h.drop('io server disconnect')
    expect(h.recoveries).toMatchObject([{ isSessionOver: false }])
    h.recoveries[0]?.again(true)
    await Promise.resolve()
    expect(h.connects()).toBe(2)
  })

  it('leaves a broken line to the socket, which comes back by itself', () => {
    const h = harness()
    h.connect()
    h.drop('transport close')
    expect(h.recoveries).toEqual([])
  })

  it.each(['signedOut', 'refused'])('stays away when the session is over: %s', async (how) => {
    const h = harness()
    h.connect()
    if (how === 'signedOut') {
      h.signOut()
      h.drop('io server disconnect')
    } else h.refuse('AUTH_TOKEN_EXPIRED')
    expect(h.recoveries).toMatchObject([{ isSessionOver: true }])
    h.recoveries[0]?.again(false)
    await Promise.resolve()
    expect(h.connects()).toBe(1)
  })
})
