import { describe, expect, it } from 'vitest'
import { idleHost } from '../host/idle-host.ts'
import { usualParse } from './manifest.ts'
import { paramsOf, readStates } from './requests.ts'

describe('commands of a board', () => {
  it.each<[string, unknown]>([
    ['{ "pin": "{$pin}", "enabled": "{$enabled}" }', { pin: 7, enabled: true }],
    ['{ "pin": {$pin}, "on": {$enabled} }', { pin: 7, on: true }],
    ['[{$pin}]', [7]],
    ['pin {$pin}', 'pin 7'],
    ['', {}],
  ])('%s', (body, params) => expect(paramsOf(body, 7, true)).toEqual(params))

  it('keep a pin with odd letters one text', () => {
    expect(paramsOf('{ "pin": "{$pin}" }', 'a"$&', false)).toEqual({ pin: 'a"$&' })
  })
})

describe('what a device answers', () => {
  const { functions } = idleHost({})
  it('says of each pin whether it is on', async () => {
    const answer = { 7: true, 11: false, 12: 'true' }
    const states = await readStates(functions, usualParse, [7, 11, 12, 13, 'toString'], answer)
    expect([...states]).toEqual([
      [7, true],
      [11, false],
      [12, false],
      [13, false],
      ['toString', false],
    ])
    expect([...(await readStates(functions, usualParse, [7], null))]).toEqual([[7, false]])
  })

  it('is read by the function of the file, or not at all', async () => {
    const own = {
      callMany: async (_code: unknown, _names: unknown, calls: readonly (readonly unknown[])[]) =>
        calls.map(([body, pin]) => ({ ok: true as const, value: Array.isArray(body) && body.includes(pin) })),
    }
    expect([...(await readStates(own, 'return body.includes(pin)', [1, 2], [2]))]).toEqual([
      [1, false],
      [2, true],
    ])
    await expect(readStates(functions, 'return body.x', [1], {})).rejects.toThrow('no sandbox')
  })
})
