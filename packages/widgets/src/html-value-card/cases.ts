import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ready = (value: unknown): WidgetState => ({
  status: 'ready',
  staleSince: null,
  series: [
    caseSeries({ entity: 'Meter 4', dataKey: { label: 'Power' }, points: value === undefined ? [] : [[0, value]] }),
  ],
})

const settings = {
  cardHtml: '<div class="card"><h1>${entityName}</h1><div class="value">${Power:2} kW</div></div>',
  cardCss:
    '.card { padding: 16px } h1 { margin: 0; font-size: 13px; text-transform: uppercase; opacity: 0.75 } .value { font-size: 32px; font-weight: 300 }',
}

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'a number', settings, state: ready(12.3456) },
  { name: 'not a number', settings, state: ready(Number.NaN) },
  { name: 'never reported', settings, state: ready(undefined) },
  { name: 'an attack in the value', settings, state: ready('<script>alert(1)</script><iframe src=//example.org>9') },
  { name: 'a huge text', settings, state: ready('overflow '.repeat(500)) },
]
