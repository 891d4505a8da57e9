import type { WidgetCase } from '../widget.ts'

const ready = { status: 'ready', staleSince: null, series: [] } as const

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  {
    name: 'a page',
    settings: { url: 'https://example.org/' },
    state: ready,
    // The gallery shows no pages of others; the link stands in for it.
    host: { content: { CodeFrame: null, SiteFrame: null, places: [], useDashboards: () => ({ status: 'loading' }) } },
  },
  { name: 'no address', settings: {}, state: ready },
  { name: 'an address that runs something', settings: { url: 'javascript:alert(1)' }, state: ready },
]
