import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ready = (value: unknown): WidgetState => ({
  status: 'ready',
  staleSince: null,
  series: [caseSeries({ entity: 'Pump 12', dataKey: { label: 'serial' }, points: [[0, value]] })],
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'the name of the entity', settings: {}, state: ready('A-1') },
  {
    name: 'an address with a value',
    settings: { qrCodeTextPattern: 'https://example.org/device/${serial}' },
    state: ready('SN-004711'),
  },
  { name: 'nothing to say', settings: { qrCodeTextPattern: '${serial}' }, state: ready('') },
  { name: 'too long', settings: { qrCodeTextPattern: '${serial}' }, state: ready('x'.repeat(4_000)) },
  {
    name: 'by a function',
    settings: { useQrCodeTextFunction: true, qrCodeTextFunction: "return 'device:' + data[0].entityName" },
    state: ready(1),
  },
]
