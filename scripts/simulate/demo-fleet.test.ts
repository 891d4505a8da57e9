import { demoDevices } from '@thingwire/db/seed'
import { describe, expect, it } from 'vitest'
import { demoFleet } from './demo-fleet.ts'
import { recordHistory } from './history.ts'

const nowMs = Date.UTC(2026, 0, 15, 12)
const hourMs = 3_600_000
const beginning = { seed: 7, faults: true, faultsFromMs: nowMs }

describe('the demo fleet', () => {
  it('is what the seed made, each with its token', () => {
    const made = demoDevices.map(({ name, accessToken }) => `${name} ${accessToken}`)
    expect(demoFleet.length).toBeGreaterThan(0)
    for (const { name, token } of demoFleet) expect(made).toContain(`${name} ${token}`)
    expect(new Set(demoFleet.map(({ token }) => token)).size).toBe(demoFleet.length)
  })

  it('is a modest load', () => {
    const perSecond = demoFleet.reduce((sum, { periodMs }) => sum + 1_000 / periodMs, 0)
    expect(demoFleet.length).toBeLessThanOrEqual(15)
    expect(perSecond).toBeLessThan(5)
  })

  it.each(demoFleet.map((device) => [device.name, device] as const))('%s records a past in order', (_, device) => {
    const startMs = nowMs - device.historyHours * hourMs
    const history = recordHistory(device.create({ ...beginning, startMs }), {
      hours: device.historyHours,
      nowMs,
      stepMs: device.historyStepMs,
    })
    expect(history[0]?.ts).toBe(startMs)
    expect(history.every(({ ts }, index) => ts > (history[index - 1]?.ts ?? 0) && ts < nowMs)).toBe(true)
    expect(nowMs - (history.at(-1)?.ts ?? 0)).toBeLessThanOrEqual(60_000)
    // A first start sends all of it at once.
    expect(history.length).toBeLessThan(1_100)
    const keys = Object.keys(history[0]?.values ?? {})
    for (const { values } of history) {
      expect(Object.keys(values)).toEqual(keys)
      for (const value of Object.values(values)) if (typeof value === 'number') expect(value).not.toBeNaN()
    }
  })

  it.each(demoFleet.map((device) => [device.name, device] as const))(
    '%s says what it does not understand',
    (_, device) => {
      const model = device.create({ ...beginning, startMs: nowMs })
      const before = model.settings()
      for (const params of [null, 'on', Number.NaN, 1e9, -1e9, {}, []])
        for (const method of [
          'explode',
          'setPower',
          'setSetpoint',
          'setPump',
          'setSpeed',
          'setCooling',
          'setCargoSetpoint',
        ])
          expect(model.command(method, params)).toHaveProperty('error')
      expect(model.settings()).toEqual(before)
    },
  )
})
