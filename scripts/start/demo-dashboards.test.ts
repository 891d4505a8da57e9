import { readDashboard } from '@thingwire/dashboards'
import { demoDashboards } from '@thingwire/db/seed'
import { findWidget } from '@thingwire/widgets/manifests'
import { describe, expect, it } from 'vitest'
import { demoFleet } from '../simulate/demo-fleet.ts'

const dashboards = demoDashboards().map(({ title, configuration }) => ({ title, ...readDashboard(configuration) }))
const nowMs = Date.UTC(2026, 0, 15, 12)
const beginning = { seed: 7, startMs: nowMs, faults: false, faultsFromMs: nowMs }
/** What a device of each profile tells, by the start of its name. */
const toldBy = (kind: string) => {
  const model = demoFleet.find(({ name }) => name.startsWith(kind))?.create(beginning)
  return { ...model?.sample(nowMs), ...model?.identity, ...model?.settings() }
}

describe.each(dashboards.map((one) => [one.title, one] as const))(
  'the demo dashboard %s',
  (_, { document, report }) => {
    it('is written in the form of today', () => {
      expect(report).toEqual({ remarks: [], more: 0 })
      expect(document.widgets.size).toBeGreaterThan(0)
    })

    it('has widgets of this product, whose aliases, filters and states exist', () => {
      for (const widget of document.widgets.values()) {
        const manifest = findWidget(widget.typeFullFqn)
        expect(manifest, widget.typeFullFqn).toBeDefined()
        expect(manifest?.settings.safeParse(widget.settings).success, widget.card.title).toBe(true)
        const sources = [...widget.datasources, ...(widget.alarmSource ? [widget.alarmSource] : [])]
        for (const { entityAliasId, filterId } of sources) {
          expect(document.aliases.has(entityAliasId ?? ''), widget.card.title).toBe(true)
          if (filterId) expect(document.filters.has(filterId)).toBe(true)
        }
        for (const { kind } of widget.actions)
          if (kind.type === 'openState') expect(document.states.has(kind.stateId ?? '')).toBe(true)
      }
    })

    it('has tiles that fill its columns and do not lie on each other', () => {
      for (const { layouts } of document.states.values()) {
        const taken = new Set<string>()
        for (const { col, row, sizeX, sizeY, widgetId } of layouts.main.items) {
          expect(document.widgets.has(widgetId)).toBe(true)
          expect(col + sizeX).toBeLessThanOrEqual(24)
          for (let x = col; x < col + sizeX; x += 1)
            for (let y = row; y < row + sizeY; y += 1) {
              expect(taken.has(`${x} ${y}`), `two tiles at ${x}, ${y}`).toBe(false)
              taken.add(`${x} ${y}`)
            }
        }
      }
    })
  },
)

it.each([
  ['thermostat', 'Thermostat'],
  ['pump', 'Pump'],
  ['van', 'Van'],
])('the state %s asks for what a %s tells, and commands what it obeys', (stateId, kind) => {
  const fleet = dashboards.find(({ title }) => title === 'Fleet')?.document
  const items = fleet?.states.get(stateId)?.layouts.main.items ?? []
  expect(items.length).toBeGreaterThan(0)
  const told = toldBy(kind)
  const model = demoFleet.find(({ name }) => name.startsWith(kind))?.create(beginning)
  const commands: string[] = []
  for (const { widgetId } of items) {
    const widget = fleet?.widgets.get(widgetId)
    for (const { dataKeys } of widget?.datasources ?? [])
      for (const { name } of dataKeys) expect(told, widget?.card.title).toHaveProperty(name)
    for (const [, method] of JSON.stringify(widget?.settings).matchAll(/"method":"(\w+)"/g)) commands.push(method ?? '')
  }
  expect(new Set(commands).size).toBe(2)
  for (const method of commands) expect(model?.command(method, null).error).not.toMatch(/Unknown/)
})
