import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

describe('a bare isolate', () => {
  it('runs a script with nothing but the prelude', () => {
    const probe = join(import.meta.dirname, 'isolate-probe.ts')
    const { stdout, stderr } = spawnSync(process.execPath, ['--no-node-snapshot', probe], { encoding: 'utf8' })
    expect(stderr).toBe('')
    const { first, inSight, microsPerMessage } = JSON.parse(stdout)
    expect(inSight).toBe('undefined,undefined,undefined,undefined')
    expect(JSON.parse(first)).toEqual({
      msg: { temperature: 70.5, humidity: 40, samples: [1, 2, 3, 0], celsius: 21.4, average: 1.5 },
      metadata: { deviceName: 'Thermometer', deviceType: 'default', ts: '1700000000000', level: 'high' },
      msgType: 'POST_TELEMETRY_REQUEST',
    })
    // Ten times the aim: a slow machine passes, a slip into another order of magnitude does not.
    expect(microsPerMessage).toBeLessThan(60)
  })
})
