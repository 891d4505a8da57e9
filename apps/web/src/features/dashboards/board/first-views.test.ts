import { afterEach, expect, it, vi } from 'vitest'
import { loadFirstViews, readOnce } from './first-views.ts'

const asked = vi.hoisted((): string[] => [])
vi.mock('@thingwire/widgets/views', () => ({ preloadView: (type: string) => asked.push(type) }))

const id = '01a20338-5bc9-76a6-b306-6effe7541e1c'
const widget = (typeFullFqn: string) => ({ typeFullFqn, type: 'latest', config: {} })
const place = { col: 0, row: 0, sizeX: 4, sizeY: 4 }
const configuration = {
  widgets: {
    a: widget('system.cards.value_card'),
    b: widget('system.cards.value_card'),
    c: widget('system.time_series_chart'),
    d: widget('system.map'),
    e: widget('tenant.unknown'),
  },
  states: {
    default: { name: 'Start', root: true, layouts: { main: { widgets: { a: place, b: place, c: place, e: place } } } },
    details: { name: 'Details', root: false, layouts: { main: { widgets: { d: place } } } },
  },
}

const answered = (answer: unknown) => {
  const read = Promise.resolve(answer)
  globalThis.thingwireAsked = new Map([
    [`/api/dashboard/${id}`, { answer: read.then(() => Response.json(answer)), at: performance.now(), read }],
  ])
}

afterEach(() => {
  asked.length = 0
  globalThis.thingwireAsked = undefined
})

it('loads what the first state of the dashboard shows, each kind once', async () => {
  answered({ configuration })
  await loadFirstViews(`/dashboards/${id}`)
  expect(asked.toSorted()).toEqual(['time-series-chart', 'value-card'])
})

it.each([['/dashboards'], [`/dashboards/${id}/edit`], ['/devices'], ['/dashboards/visualise']])(
  'loads nothing ahead for %s',
  async (pathname) => {
    answered({ configuration })
    await loadFirstViews(pathname)
    expect(asked).toEqual([])
  },
)

it.each([[null], [{ configuration: null }], [{ configuration: 'odd' }], [{ configuration: { widgets: 7 } }]])(
  'takes %j for a dashboard without widgets',
  async (answer) => {
    answered(answer)
    await loadFirstViews(`/dashboards/${id}`)
    expect(asked).toEqual([])
  },
)

it('reads the same configuration once', () => {
  expect(readOnce(configuration)).toBe(readOnce(configuration))
  expect(readOnce({ ...configuration })).not.toBe(readOnce(configuration))
})
