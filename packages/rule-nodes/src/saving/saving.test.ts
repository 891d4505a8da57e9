import { AppError } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { Deduplicator } from './deduplicator.ts'
import { saveApart } from './save-apart.ts'

const clockAt = (start: number) => {
  let time = start
  return { now: () => time, pass: (ms: number) => (time += ms) }
}

describe('deduplication', () => {
  it('passes the first message of each originator per slot of the data time', () => {
    const dedup = new Deduplicator(10, clockAt(0))
    expect([0, 9_999, 10_000, 5_000].map((ts) => dedup.claim(ts, 'a'))).toEqual([true, false, true, false])
    expect(dedup.claim(5_000, 'b')).toBe(true)
  })

  it('cuts slots downwards on both sides of 1970 and at any size', () => {
    const dedup = new Deduplicator(1, clockAt(0))
    expect([-1, -1_000, 0, -1_001].map((ts) => dedup.claim(ts, 'a'))).toEqual([true, false, true, true])
    expect(dedup.claim(Number.MAX_SAFE_INTEGER, 'a')).toBe(true)
  })

  it('lets a message pass again after its claim was taken back', () => {
    const dedup = new Deduplicator(10, clockAt(0))
    dedup.claim(0, 'a')
    dedup.release(0, 'a')
    expect(dedup.claim(0, 'a')).toBe(true)
  })

  it('keeps a hundred slots at most, and two at least', () => {
    const short = new Deduplicator(1, clockAt(0))
    for (let slot = 0; slot <= 100; slot++) short.claim(slot * 1_000, 'a')
    expect(short.claim(100_000, 'a')).toBe(false)
    expect(short.claim(0, 'a')).toBe(true)
    const long = new Deduplicator(86_400, clockAt(0))
    long.claim(0, 'a')
    long.claim(86_400_000, 'a')
    expect(long.claim(0, 'a')).toBe(false)
  })

  it('forgets a slot that was not asked for during ten intervals, never before ten minutes', () => {
    const clock = clockAt(0)
    const dedup = new Deduplicator(60, clock)
    dedup.claim(0, 'a')
    clock.pass(9 * 60_000)
    expect(dedup.claim(0, 'a')).toBe(false)
    clock.pass(10 * 60_000)
    dedup.claim(60_000, 'a')
    expect(dedup.claim(0, 'a')).toBe(true)
  })
})

describe('saving apart', () => {
  it('finds the items at fault and saves all others, each once', async () => {
    const saved: number[] = []
    const failed = await saveApart([1, 2, 3, 4, 5, 6, 7], async (items) => {
      if (items.includes(3) || items.includes(6)) throw new Error(`bad: ${items.join()}`)
      saved.push(...items)
    })
    expect(saved).toEqual([1, 2, 4, 5, 7])
    expect([...failed]).toEqual([
      [3, 'bad: 3'],
      [6, 'bad: 6'],
    ])
  })

  it('stops at an environment error', async () => {
    let calls = 0
    const down = async () => {
      calls++
      throw new AppError('DATABASE_UNAVAILABLE')
    }
    await expect(saveApart([1, 2], down)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
    expect(calls).toBe(1)
  })
})
