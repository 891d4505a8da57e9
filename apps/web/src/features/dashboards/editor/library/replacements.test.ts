import { findWidget, widgetManifests } from '@thingwire/widgets/manifests'
import { expect, it } from 'vitest'
import { replacements } from './replacements.ts'

const types = (of: string, suggested: readonly string[] = []) =>
  replacements(
    findWidget(of) ?? null,
    widgetManifests,
    suggested.map((typeFullFqn) => ({ typeFullFqn })),
  ).map(({ type }) => type)

it('a widget becomes one of the same kind of sources, those that suit the data first', () => {
  const all = types('value-card', ['system.time_series_chart', 'system.unheard_of', 'system.cards.value_card'])
  expect(all[0]).toBe('time-series-chart')
  expect(all).toContain('entities-table')
  for (const other of ['value-card', 'alarms-table', 'single-switch']) expect(all).not.toContain(other)
  expect(all.indexOf('label-card')).toBeLessThan(all.indexOf('line-chart'))
  expect(types('single-switch')).toContain('slider')
  expect(types('of-nobody')).toHaveLength(widgetManifests.length)
})
