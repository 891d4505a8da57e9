import { describe, expect, it } from 'vitest'
import { defaultFileLimits, readDashboardFile } from './file.ts'

const dashboard = { title: 'Pumps', image: null, mobileOrder: 3, configuration: { widgets: { w: 7 }, states: {} } }
const read = (value: unknown) => readDashboardFile(typeof value === 'string' ? value : JSON.stringify(value))

describe('readDashboardFile', () => {
  it('reads a dashboard, and tells about its broken parts', () => {
    expect(read(`\uFEFF${JSON.stringify({ ...dashboard, resources: [{ link: 'x' }] })}`)).toMatchObject({
      ok: true,
      entries: [
        {
          ok: true,
          dashboard: {
            title: 'Pumps',
            mobileOrder: 3,
            configuration: dashboard.configuration,
            resources: [],
            report: { remarks: [{ path: 'widgets.w' }, { path: 'resources[0]' }] },
          },
        },
      ],
    })
  })
  it.each([
    ['wrapped by version control', { entity: dashboard }],
    ['with its configuration as text', { ...dashboard, configuration: JSON.stringify(dashboard.configuration) }],
    ['as a bare configuration', dashboard.configuration],
    ['never edited', { title: 'New', configuration: null }],
  ])('reads one %s', (_name, file) => expect(read(file)).toMatchObject({ ok: true, entries: [{ ok: true }] }))
  it('reads a list, each for itself', () => {
    expect(read([dashboard, { ruleChain: {}, metadata: {} }, 5])).toMatchObject({
      ok: true,
      entries: [
        { ok: true },
        { ok: false, problem: { kind: 'otherKind', found: 'ruleChain' } },
        { ok: false, problem: { kind: 'notDashboard' } },
      ],
    })
  })
  it.each([
    [{ ruleChain: {}, metadata: {} }, 'ruleChain'],
    [{ widgetsBundle: {}, widgetTypes: [] }, 'widgetsBundle'],
    [{ fqn: 'a', name: 'b', descriptor: {} }, 'widgetType'],
    [{ widget: {}, aliasesInfo: {} }, 'widget'],
    [{ name: 'p', profileData: {}, transportType: 'DEFAULT' }, 'deviceProfile'],
    [{ title: 'G', panels: [], schemaVersion: 30 }, 'grafanaDashboard'],
  ])('names what %j is instead', (file, found) => {
    expect(read(file)).toEqual({ ok: false, problem: { kind: 'otherKind', found } })
  })
  it.each([{}, { title: 'x', configuration: 5 }, 7, 'true', 'null', { configuration: '{' }])(
    '%j is no dashboard',
    (file) => expect(read(file)).toEqual({ ok: false, problem: { kind: 'notDashboard' } }),
  )
  it('tells where the text stops being JSON', () => {
    expect(read('{\n  "title": "x",\n  oops\n}')).toMatchObject({
      ok: false,
      problem: { kind: 'notJson', line: 3, column: 3 },
    })
    expect(read('{"a": [1,\n2')).toMatchObject({ ok: false, problem: { kind: 'notJson', line: 2, column: 2 } })
  })
  it.each(['', ' \n', '[]'])('finds nothing in %j', (text) =>
    expect(read(text)).toEqual({ ok: false, problem: { kind: 'empty' } }),
  )
  it('bounds size, number and depth', () => {
    const limits = { ...defaultFileLimits, size: 10 }
    expect(readDashboardFile('x'.repeat(11), limits)).toMatchObject({
      problem: { kind: 'tooLarge', size: 11, limit: 10 },
    })
    expect(read(Array.from({ length: 101 }, () => dashboard))).toMatchObject({
      problem: { kind: 'tooMany', count: 101 },
    })
    expect(read(`{"configuration":{"states":{},"settings":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`).ok).toBe(
      true,
    )
  })
})
