import { afterEach, describe, expect, it, vi } from 'vitest'
import { CounterStore, failedShare, wireKey } from './counter-store.ts'
import { tellByFrames } from './keyed-store.ts'

const node = (nodeId: string, processed: number, perSecond = 0) => ({
  ...{ nodeId, processed, perSecond },
  failed: 0,
  averageMs: 1,
})
const success = (fromNodeId: string, messages: number) => ({ fromNodeId, type: 'Success', messages })

describe('CounterStore', () => {
  it('tells only the nodes whose numbers changed', () => {
    const store = new CounterStore()
    store.take([node('a', 1), node('b', 1)], [], 0)
    const [a, b] = [vi.fn(), vi.fn()]
    store.nodes.subscribe(['a'], a)
    store.nodes.subscribe(['b'], b)
    const before = store.nodes.get('b')
    store.take([node('a', 2), node('b', 1)], [], 1_000)
    expect(a).toHaveBeenCalledTimes(1)
    expect(b).not.toHaveBeenCalled()
    expect(store.nodes.get('b')).toBe(before)
  })

  it('counts the rate of a wire over the last seconds, and lets it fall to nothing', () => {
    const store = new CounterStore()
    const key = wireKey('a', 'Success')
    store.take([], [success('a', 100)], 0)
    expect(store.wires.get(key)).toEqual({ messages: 100, perSecond: 0, isBusy: false })
    store.take([], [success('a', 110)], 1_000)
    expect(store.wires.get(key)).toEqual({ messages: 110, perSecond: 10, isBusy: true })
    store.take([], [success('a', 110)], 2_000)
    expect(store.wires.get(key)).toEqual({ messages: 110, perSecond: 5, isBusy: false })
    for (let at = 3_000; at <= 7_000; at += 1_000) store.take([], [success('a', 110)], at)
    expect(store.wires.get(key)).toEqual({ messages: 110, perSecond: 0, isBusy: false })
  })

  it('lights a connection that has its first messages', () => {
    const store = new CounterStore()
    store.take([], [], 0)
    store.take([], [success('a', 2)], 1_000)
    expect(store.wires.get(wireKey('a', 'Success'))).toEqual({ messages: 2, perSecond: 2, isBusy: true })
  })

  it('never shows less than nothing when the totals begin anew', () => {
    const store = new CounterStore()
    store.take([], [success('a', 100)], 0)
    store.take([], [success('a', 1)], 1_000)
    expect(store.wires.get(wireKey('a', 'Success'))).toEqual({ messages: 1, perSecond: 0, isBusy: false })
  })

  it('keeps totals and forgets rates when the connection is lost', () => {
    const store = new CounterStore()
    store.take([node('a', 5, 2)], [success('a', 1)], 0)
    store.take([node('a', 6, 2)], [success('a', 3)], 1_000)
    store.settle()
    expect(store.nodes.get('a')).toMatchObject({ processed: 6, perSecond: 0 })
    expect(store.wires.get(wireKey('a', 'Success'))).toEqual({ messages: 3, perSecond: 0, isBusy: false })
  })
})

it('has no share of failures before the first message', () => {
  expect(failedShare({ processed: 0, failed: 0 })).toBeNull()
  expect(failedShare({ processed: 200, failed: 3 })).toBe(1.5)
})

describe('numbers that are told by frames', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('reach everybody once, a few in each frame', () => {
    const frames: (() => void)[] = []
    vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run))
    const told = new Map<string, number>()
    const store = new CounterStore(tellByFrames().tell)
    const names = Array.from({ length: 100 }, (_, at) => `n${at}`)
    for (const name of names) store.nodes.subscribe([name], () => told.set(name, (told.get(name) ?? 0) + 1))
    store.take(
      names.map((name) => node(name, 1)),
      [],
      0,
    )
    expect(store.nodes.get('n99')).toMatchObject({ processed: 1 })
    expect(told.size).toBe(0)
    frames.shift()?.()
    expect(told.size).toBeGreaterThan(0)
    expect(told.size).toBeLessThan(100)
    for (const run of frames) run()
    expect(told.size).toBe(100)
    expect([...told.values()].every((times) => times === 1)).toBe(true)
  })

  it('wait while something moves, and are told when it rests', () => {
    const frames: (() => void)[] = []
    vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run))
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000)
    const { tell, wait } = tellByFrames()
    const store = new CounterStore(tell)
    const heard = vi.fn()
    store.nodes.subscribe(['a'], heard)
    wait()
    store.take([node('a', 1)], [], 0)
    clock.mockReturnValue(1_100)
    frames.shift()?.()
    wait()
    clock.mockReturnValue(1_200)
    frames.shift()?.()
    expect(heard).not.toHaveBeenCalled()
    clock.mockReturnValue(1_400)
    frames.shift()?.()
    expect(heard).toHaveBeenCalledOnce()
    expect(frames).toEqual([])
    clock.mockRestore()
  })
})
