import { describe, expect, it } from 'vitest'
import { consolePath, placeAt } from './console-place.ts'

const Icon = () => null
const places = ['/', '/devices', '/rule-chains', '/dashboards'].map((path) => ({ path, name: path, section: '', Icon }))

describe('places of the console', () => {
  it.each([
    ['/devices', '/devices'],
    ['devices', '/devices'],
    ['/entities/devices', '/devices'],
    ['/ruleChains', '/rule-chains'],
    ['/home', '/'],
    ['/dashboards/1?state=x', '/dashboards/1?state=x'],
    ['https://example.org', null],
    ['//example.org', null],
    ['javascript:alert(1)', null],
    ['/\\example.org', null],
  ])('%s is %s', (path, own) => {
    expect(consolePath(path)).toBe(own)
  })

  it.each([
    ['/devices', '/devices'],
    ['/dashboards/1?state=x', '/dashboards'],
    ['/home', '/'],
    ['/nowhere', null],
    ['/devicesandmore', null],
    ['//example.org', null],
  ])('%s is in %s', (path, place) => {
    expect(placeAt(path, places)?.path ?? null).toBe(place)
  })
})
