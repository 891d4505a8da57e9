import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { describe, expect, it } from 'vitest'
import { findManifest } from '../catalogue.ts'
import { configProblems, currentConfig, typedPlace } from './node-config.ts'

const required = 'Required'
const manifest = findManifest('org.thingsboard.rule.engine.filter.TbCheckMessageNode')

describe('the configuration of a node', () => {
  it('has nothing against what a new node gets', () => {
    for (const { className, defaults, configVersion } of nodeManifests) {
      const known = findManifest(className)
      const shown = currentConfig(
        { configuration: defaults, configurationVersion: configVersion, queueName: null },
        known,
      )
      expect(shown).toEqual({ configuration: defaults, configurationVersion: configVersion, queueName: null })
    }
  })

  it('is shown as it would run: an old one is brought to the version of its node', () => {
    const old = nodeManifests.find(({ upgrades }) => Object.keys(upgrades).length > 0)
    if (!old) throw new Error('No node has a second version')
    const { configurationVersion } = currentConfig(
      { configuration: old.defaults, configurationVersion: 0, queueName: null },
      old,
    )
    expect(configurationVersion).toBe(old.configVersion)
  })

  it('of an unknown node stays as it is, and nothing is known about it', () => {
    const stored = { configuration: { any: 1 }, configurationVersion: 3, queueName: 'Main' }
    expect(currentConfig(stored, undefined)).toBe(stored)
    expect(configProblems(undefined, 'none', required)).toEqual([])
  })

  it('is refused with what the node has against it, and where', () => {
    expect(configProblems(manifest, { messageNames: [{}] }, required)[0]?.path).toBe('messageNames/0')
    expect(configProblems(manifest, { messageNames: null, checkAllKeys: null }, required)).toEqual([])
  })
})

describe('what was typed', () => {
  it('is the one text or number that differs', () => {
    expect(typedPlace({ a: 1, b: { c: ['x', 'y'] } }, { a: 1, b: { c: ['x', 'yz'] } })).toBe('b/c/1/')
    expect(typedPlace({ a: 'x' }, { a: null })).toBe('a/')
    expect(typedPlace({ a: 'x' }, { a: 'x', n: 1 })).toBe('n/')
  })

  it('is nothing when a flag, a list or several members differ', () => {
    expect(typedPlace({ a: true }, { a: false })).toBeNull()
    expect(typedPlace({ a: ['x'] }, { a: ['x', 'y'] })).toBeNull()
    expect(typedPlace({ a: 'x', b: 'y' }, { a: 'z', b: 'w' })).toBeNull()
    expect(typedPlace({ a: 'x' }, { a: 'x' })).toBeNull()
  })
})
