import { describe, expect, it } from 'vitest'
import { createGate } from './gate.ts'

const harness = () => {
  let now = 0
  let due: { at: number; run: () => void } | null = null
  const runs: number[] = []
  const gate = createGate(500, () => runs.push(now), {
    now: () => now,
    after: (delayMs, run) => {
      due = { at: now + delayMs, run }
      return () => {
        due = null
      }
    },
  })
  const moveTo = (time: number) => {
    now = time
    const job = due
    if (job && job.at <= time) {
      due = null
      job.run()
    }
  }
  return { gate, runs, moveTo }
}

describe('a gate', () => {
  it('lets the first through at once and the last of a burst at the end of the interval', () => {
    const h = harness()
    h.gate.pass()
    h.moveTo(100)
    h.gate.pass()
    h.gate.pass()
    h.moveTo(500)
    expect(h.runs).toEqual([0, 500])
  })

  it('lets through at once again after a pause', () => {
    const h = harness()
    h.gate.pass()
    h.moveTo(700)
    h.gate.pass()
    expect(h.runs).toEqual([0, 700])
  })

  it('runs nothing more once closed', () => {
    const h = harness()
    h.gate.pass()
    h.gate.pass()
    h.gate.close()
    h.moveTo(1_000)
    expect(h.runs).toEqual([0])
  })
})
