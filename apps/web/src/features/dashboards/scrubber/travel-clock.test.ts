import { describe, expect, it } from 'vitest'
import { formatTravel, parseTravel, stepOf, TravelClock, usualSpeed } from './travel-clock.ts'

const range = { startTs: 1_000_000, endTs: 4_600_000 }
const frames = () => {
  let due: ((now: number) => void) | null = null
  return {
    requestAnimationFrame: (run: (now: number) => void) => {
      due = run
      return 1
    },
    cancelAnimationFrame: () => {
      due = null
    },
    draw: (now: number) => {
      const run = due
      due = null
      run?.(now)
    },
    isDue: () => due !== null,
  }
}

describe('the clock of a journey through time', () => {
  it('stays within its range, whatever is sought', () => {
    const clock = new TravelClock(range, Number.NaN, frames())
    expect(clock.get().ts).toBe(range.endTs)
    for (const [sought, ts] of [
      [0, range.startTs],
      [9e15, range.endTs],
      [2_000_000.4, 2_000_000],
      [Number.NEGATIVE_INFINITY, range.endTs],
    ] as const) {
      clock.seek(sought)
      expect(clock.get().ts).toBe(ts)
    }
  })

  it('plays as fast as it is told, from the start when it stands at the end, and stops there', () => {
    const drawn = frames()
    const clock = new TravelClock(range, range.endTs, drawn)
    const seen: number[] = []
    clock.listen(() => seen.push(clock.get().ts))
    clock.setSpeed(60)
    clock.play()
    expect(clock.get()).toMatchObject({ ts: range.startTs, isPlaying: true })
    drawn.draw(100)
    drawn.draw(600)
    expect(clock.get().ts).toBe(range.startTs + 500 * 60)
    clock.pause()
    expect(drawn.isDue()).toBe(false)
    clock.play()
    drawn.draw(0)
    drawn.draw(10_000_000)
    expect(clock.get()).toMatchObject({ ts: range.endTs, isPlaying: false })
    expect(drawn.isDue()).toBe(false)
  })

  it('goes by steps and plays a range in about a minute', () => {
    const clock = new TravelClock(range, range.startTs, frames())
    clock.step(2)
    expect(clock.get().ts).toBe(range.startTs + 2 * stepOf(range))
    clock.step(-5)
    expect(clock.get().ts).toBe(range.startTs)
    expect(usualSpeed(range)).toBe(60)
    expect(usualSpeed({ startTs: 0, endTs: 60_000 })).toBe(1)
    expect(usualSpeed({ startTs: 0, endTs: 7 * 86_400_000 })).toBe(7_200)
  })

  it('is read from addresses as it was written, and from nothing else', () => {
    expect(parseTravel(formatTravel(2_000_000, range))).toEqual({ ts: 2_000_000, range })
    expect(parseTravel('9~10~20')).toEqual({ ts: 10, range: { startTs: 10, endTs: 20 } })
    for (const odd of [null, '', '1', '1~2', '1~2~2', '1~3~2', 'a~b~c', '-1~0~5', '1~0~1e9', '1~0~9999999999999999'])
      expect(parseTravel(odd)).toBeNull()
  })
})
