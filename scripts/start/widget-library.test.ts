import { widgetFamilies, widgetManifests } from '@thingwire/widgets/manifests'
import { expect, test } from 'vitest'
import { widgetLibrary } from './widget-library.ts'

test('every name that a manifest has is in the library once, with a descriptor that tells its kind', () => {
  const widgets = widgetLibrary(widgetFamilies).flatMap((bundle) => bundle.widgets)
  const names = widgetManifests.flatMap(({ fqns }) => fqns)
  expect(names.length).toBeGreaterThan(0)
  expect(widgets.map(({ fqn }) => fqn).sort()).toEqual([...new Set(names)].sort())
  for (const { descriptor } of widgets) {
    expect(['timeseries', 'latest', 'rpc', 'alarm', 'static']).toContain(descriptor.type)
    expect(JSON.parse(String(descriptor.defaultConfig))).toMatchObject({ settings: expect.any(Object) })
  }
})

test('the widget itself is current, what it stands in for is marked as deprecated', () => {
  const widgets = widgetLibrary(widgetFamilies).flatMap((bundle) => bundle.widgets)
  expect(widgets.find(({ fqn }) => fqn === 'cards.value_card')).toMatchObject({ name: 'Value card', deprecated: false })
  expect(widgets.find(({ fqn }) => fqn === 'cards.horizontal_value_card')).toMatchObject({
    name: 'Horizontal value card',
    deprecated: true,
  })
})
