import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aliasesOfWidget } from '../aliases/of-widget.ts'
import { planAlias } from '../aliases/plan.ts'
import { queryFilters } from '../filters/read.ts'
import { noParams } from '../states/model.ts'
import { formatStates, parseStates } from '../states/stack.ts'
import { formatWindowParam, parseWindowParam } from '../time-window/param.ts'
import { rangeOf } from '../time-window/range.ts'
import { defaultTimeWindow, readTimeWindow } from '../time-window/read.ts'
import { anyConfiguration, byId, either, junk, members, timewindow } from './any-configuration.ts'
import { readDashboard } from './read.ts'

describe('documents of any shape', () => {
  it('are read without an error, and go out as they came in', () => {
    fc.assert(
      fc.property(anyConfiguration, (file) => {
        const before = JSON.stringify(file)
        const { document } = readDashboard(file)
        expect(JSON.stringify(document.raw)).toBe(before)
        expect(document.states.get(document.rootStateId)?.isRoot).toBe(true)
        for (const state of document.states.values()) {
          for (const item of state.layouts.main.items) {
            expect(document.widgets.has(item.widgetId)).toBe(true)
            expect(item.sizeX).toBeGreaterThan(0)
            expect(Number.isInteger(item.row)).toBe(true)
          }
        }
        for (const one of document.widgets.values()) {
          aliasesOfWidget(one, document)
          const range = rangeOf(one.timeWindow ?? document.timeWindow, 1_700_000_000_000, 'UTC')
          expect(range.endTs).toBeGreaterThan(range.startTs)
        }
        for (const alias of document.aliases.values()) planAlias(alias, { params: noParams })
        for (const filter of document.filters.values()) queryFilters(filter, { 'a:0': 'x' })
      }),
      { numRuns: 250 },
    )
  })
})

describe('parameters of links of any shape', () => {
  const dashboard = readDashboard({ states: { a: { name: 'A' }, b: { name: 'B', root: true } } }).document
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')
  const entries = either(
    fc.array(members({ id: fc.constantFrom('a', 'b', 'c'), params: byId(junk) }), { maxLength: 5 }),
  )
  it('always give a stack that can be written and read again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), entries.map(base64)), (param) => {
        const stack = parseStates(param, dashboard)
        expect(stack.every((one) => dashboard.states.has(one.id)) && stack.length > 0).toBe(true)
        expect(parseStates(formatStates(stack, dashboard), dashboard)).toEqual(stack)
      }),
    )
  })
  it('give the window that was written, whatever file is beneath', () => {
    fc.assert(
      fc.property(timewindow, timewindow, (one, other) => {
        const [model, base] = [readTimeWindow(one), readTimeWindow(other)]
        expect(parseWindowParam(formatWindowParam(model, base), base)).toEqual(model)
      }),
    )
  })
  it('give no window for text that is none', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseWindowParam(text, defaultTimeWindow)))
  })
})
