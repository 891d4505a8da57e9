import { readDashboard } from '@thingwire/dashboards'
import { describe, expect, it } from 'vitest'
import { makeDashboard } from './make-dashboard.ts'

const device = { id: '784f394c-42b6-435a-983c-b7beff2784f9', name: 'Pump' }
const keys = [
  { name: 'temperature', value: 21.5 },
  { name: 'pressure', value: '1013' },
  { name: 'running', value: true },
  { name: 'mode', value: 'auto' },
  { name: 'Latitude', value: 48.1 },
  { name: 'lng', value: 11.5 },
]
const make = (found = keys, isKnown = (_fqn: string) => true) => readDashboard(makeDashboard(device, found, isKnown))

describe('a dashboard made of a device', () => {
  it('is a file that is read without a remark, and shows each key once or more', () => {
    const { document, report } = make()
    expect(report.remarks).toEqual([])
    const shown = [...document.widgets.values()].flatMap((widget) => [
      ...widget.datasources.flatMap(({ dataKeys }) => dataKeys.map(({ name }) => name)),
      ...(widget.typeFullFqn === 'system.map' ? ['Latitude', 'lng'] : []),
    ])
    expect(new Set(shown)).toEqual(new Set(keys.map(({ name }) => name)))
  })

  it('places nothing over another, and nothing over the edge', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ name: `k${index}`, value: 10 ** (index % 5) }))
    const { document } = make(many)
    const cells = new Set<string>()
    for (const item of document.states.get('default')?.layouts.main.items ?? []) {
      expect(item.col + item.sizeX).toBeLessThanOrEqual(24)
      for (let x = item.col; x < item.col + item.sizeX; x += 1) {
        for (let y = item.row; y < item.row + item.sizeY; y += 1) {
          expect(cells.has(`${x} ${y}`)).toBe(false)
          cells.add(`${x} ${y}`)
        }
      }
    }
    expect(cells.size).toBeGreaterThan(0)
  })

  it('uses only widgets that there are, and puts the rest into a table', () => {
    const { document } = make(keys, (fqn) => !['system.state_chart', 'system.map'].includes(fqn))
    const table = [...document.widgets.values()].find(
      ({ typeFullFqn }) => typeFullFqn === 'system.cards.entities_table',
    )
    expect(table?.datasources[0]?.dataKeys.map(({ name }) => name)).toEqual(['mode', 'running'])
  })
})
