import { describe, expect, it } from 'vitest'
import { PlayClock } from './play-clock.ts'

const clockWithFrames = () => {
  const waiting = new Map<number, FrameRequestCallback>()
  let next = 1
  const clock = new PlayClock({
    requestAnimationFrame: (frame) => {
      waiting.set(next, frame)
      next += 1
      return next - 1
    },
    cancelAnimationFrame: (id) => void waiting.delete(id),
  })
  const frame = (now: number) => {
    const due = [...waiting.values()]
    waiting.clear()
    for (const one of due) one(now)
  }
  return { clock, frame, waiting }
}

describe('the clock of ways', () => {
  it('stands at the end, goes on with what comes, and plays from the start', () => {
    const { clock, frame, waiting } = clockWithFrames()
    clock.setSpan(0, 10_000)
    expect(clock.at).toBe(10_000)
    clock.setSpan(0, 12_000)
    expect(clock.at).toBe(12_000)
    clock.setRate(2_000)
    clock.play()
    frame(100)
    expect(clock.at).toBe(0)
    frame(1_100)
    expect(clock.at).toBe(2_000)
    frame(99_000)
    expect([clock.at, clock.isPlaying, waiting.size]).toEqual([12_000, false, 0])
  })
  it('stays where somebody put it while news come, and within what there is', () => {
    const { clock } = clockWithFrames()
    clock.setSpan(0, 10_000)
    clock.seek(4_000)
    clock.setSpan(0, 12_000)
    expect(clock.at).toBe(4_000)
    clock.setSpan(5_000, 12_000)
    expect(clock.at).toBe(5_000)
    clock.seek(Number.POSITIVE_INFINITY)
    expect(clock.at).toBe(12_000)
  })
  it('asks for no frames while it stands', () => {
    const { clock, frame, waiting } = clockWithFrames()
    clock.setSpan(0, 10_000)
    clock.seek(1_000)
    clock.play()
    frame(0)
    frame(16)
    clock.pause()
    expect(waiting.size).toBe(0)
    expect(clock.isPlaying).toBe(false)
  })
})
