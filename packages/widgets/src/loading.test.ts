import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { widgetManifests } from './manifests.ts'

const statics = /^(?:import|export)\s(?!type\b)(?:[^'"]*?\sfrom\s)?'([^']+)'/gm
const dynamics = /\bimport\('([^']+)'\)/g

const namesIn = (source: string, pattern: RegExp): string[] =>
  [...source.matchAll(pattern)].map(([, name = '']) => name)

/** Everything that is loaded together with a module: own files as addresses, packages by their names. */
const loadedWith = (entry: URL, loaded = new Set<string>()): Set<string> => {
  if (loaded.has(entry.href) || !existsSync(entry)) return loaded
  loaded.add(entry.href)
  for (const name of namesIn(readFileSync(entry, 'utf8'), statics)) {
    if (name.startsWith('.')) loadedWith(new URL(name, entry), loaded)
    else loaded.add(name)
  }
  return loaded
}

const here = (path: string) => new URL(`./${path}`, import.meta.url)
const heavy = /^(echarts|zrender|maplibre-gl|world-atlas|marked|dompurify|write-excel-file|uqr)\b/

describe('what a board loads', () => {
  it.each(['views.ts', 'manifests.ts'])(
    'with %s is no code that draws a widget, and none of the large libraries',
    (entry) => {
      const loaded = [...loadedWith(here(entry))]
      expect(loaded.length).toBeGreaterThan(20)
      expect(loaded.filter((name) => name.endsWith('/view.tsx') || heavy.test(name))).toEqual([])
    },
  )

  it('for a widget is its view, by the one import in its family’s list', () => {
    const lists = [...loadedWith(here('views.ts'))].filter((name) => name.endsWith('.views.ts'))
    const views = lists.flatMap((list) => namesIn(readFileSync(new URL(list), 'utf8'), dynamics))
    expect(views.length).toBe(widgetManifests.length)
    expect(views.every((view) => /^\.\.\/[a-z0-9/-]+\.tsx$/.test(view))).toBe(true)
  })

  it('for cards is no chart, and for charts no map', () => {
    const of = (type: string) => [...loadedWith(here(`${type}/view.tsx`))].filter((name) => heavy.test(name))
    expect(of('value-card')).toEqual([])
    expect(of('radial-gauge')).toEqual([])
    expect(of('time-series-chart')).toContain('echarts/core')
    expect(of('time-series-chart').filter((name) => !name.startsWith('echarts'))).toEqual([])
    expect(of('map').some((name) => name.startsWith('echarts'))).toBe(false)
  })
})
