import { describe, expect, test } from 'vitest'
import { clauseStates, tagUses } from './coverage.ts'
import { exceptions } from './exceptions.ts'

const uses = tagUses()

describe.each(['3.1.1', '5.0'] as const)('the statements of MQTT %s', (version) => {
  const states = clauseStates(version, uses)

  test('are all there, once each', () => {
    const ids = states.map(({ id }) => id)
    expect(ids).toHaveLength(version === '3.1.1' ? 141 : 251)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('that bind a server are shown by a test, or it is said why not', () => {
    expect(states.filter(({ state }) => state === 'not shown').map(({ id }) => id)).toEqual([])
  })

  test('that a test names exist', () => {
    const known = new Set(states.map(({ id }) => id))
    expect(uses.filter((use) => use.version === version && !known.has(use.id))).toEqual([])
  })

  test('with an exception have no test that shows them', () => {
    const excepted = exceptions.filter((one) => one.version === version).flatMap(({ ids }) => ids)
    const held = new Set(states.filter(({ state }) => state === 'held').map(({ id }) => id))
    expect(excepted.filter((id) => held.has(id))).toEqual([])
    expect(excepted.filter((id) => !states.some((one) => one.id === id && one.party === 'server'))).toEqual([])
  })
})
