import { describe, expect, it } from 'vitest'
import { findWidget, widgetManifests } from './manifests.ts'
import { widgetViewLoaders } from './views.ts'
import { widgetConformance } from './widget-conformance.ts'

describe('the widget registry', () => {
  it('has widgets, with unique names and a view for each', () => {
    // A widget may be called by us as it is called in files.
    const names = widgetManifests.flatMap((manifest) => [...new Set([manifest.type, ...manifest.fqns])])
    expect(widgetManifests.length).toBeGreaterThan(0)
    expect(new Set(names).size).toBe(names.length)
    expect(Object.keys(widgetViewLoaders).sort()).toEqual(widgetManifests.map((manifest) => manifest.type).sort())
  })

  it('finds a widget by the names of dashboard files and not by others', () => {
    expect(findWidget('system.cards.value_card')?.type).toBe('value-card')
    expect(findWidget('time-series-chart')?.type).toBe('time-series-chart')
    expect(findWidget('system.no_such_widget')).toBeUndefined()
  })
})

describe.each(widgetManifests)('widget $type', (manifest) => {
  widgetConformance(manifest, {
    folder: new URL(`./${manifest.type}/`, import.meta.url),
    loadView: async () => {
      const loaded = await widgetViewLoaders[manifest.type]?.()
      if (!loaded) throw new Error(`${manifest.type} has no view`)
      return loaded.default
    },
  })
})
