import { widgetManifests } from '@thingwire/widgets/manifests'
import { expect, it } from 'vitest'
import { tabsOf } from './panel-tabs.ts'

const tabsOfType = (type: string) => {
  const manifest = widgetManifests.find((one) => one.type === type)
  if (!manifest) throw new Error(type)
  return tabsOf(manifest, true)
}

it('there is no tab in which nothing could be set', () => {
  expect(tabsOfType('time-series-chart')).toContain('values')
  expect(tabsOfType('single-switch')).not.toContain('values')
  expect(tabsOfType('single-switch')).toContain('data')
  expect(tabsOfType('events-log')).not.toContain('values')
  expect(tabsOfType('events-log')).not.toContain('steps')
  expect(tabsOfType('alarms-table')).toContain('values')
  expect(tabsOfType('html-card')).not.toContain('data')
  expect(tabsOfType('html-card')).not.toContain('inspect')
})

it('of every widget there are tabs for its settings and its data, if it has any', () => {
  expect(widgetManifests.length).toBeGreaterThan(0)
  for (const manifest of widgetManifests) {
    const tabs = tabsOf(manifest, true)
    const members = Object.keys(Object(manifest.settings.parse({}))).length
    expect(tabs.includes('settings'), manifest.type).toBe(members > 0)
    expect(tabs.includes('data'), manifest.type).toBe(manifest.data !== 'none')
  }
})

it('a widget that is not known has its card, actions, place and JSON', () => {
  expect(tabsOf(undefined, true)).toEqual(['general', 'actions', 'layout', 'json'])
})
