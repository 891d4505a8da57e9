import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const drawing = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80"><rect width="120" height="80" fill="#1783b8"/><circle cx="60" cy="40" r="24" fill="#fff" fill-opacity=".85"/></svg>',
)}`

const ready = (value?: unknown): WidgetState => ({
  status: 'ready',
  staleSince: null,
  series:
    value === undefined ? [] : [caseSeries({ entity: 'Camera', dataKey: { label: 'photo' }, points: [[0, value]] })],
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'the image of a value', settings: { alternative: 'Photo of ${entityName}' }, state: ready(drawing) },
  { name: 'an image of the settings, covering', settings: { imageUrl: drawing, fit: 'cover' }, state: ready() },
  { name: 'a value that is no image', settings: {}, state: ready('https://example.org/elsewhere.png') },
  { name: 'a broken image', settings: {}, state: ready('data:image/png;base64,AAAA') },
  { name: 'none at all', settings: {}, state: ready() },
]
