import { caseContent } from '../case-data/places.ts'
import type { WidgetCase } from '../widget.ts'

const ready = { status: 'ready', staleSince: null, series: [] } as const

const host = { content: caseContent() }

export const cases: WidgetCase[] = [
  { name: 'devices, by a key of a file', settings: {}, state: ready, host },
  {
    name: 'a dashboard',
    settings: { name: 'Night shift', icon: 'dashboard', path: '/dashboards/1' },
    state: ready,
    host,
  },
  {
    name: 'a place that is not here',
    settings: { name: 'Widget library', icon: 'now_widgets', path: '/widgets-library' },
    state: ready,
    host,
  },
  {
    name: 'an address of another site',
    settings: { name: 'Elsewhere', path: 'https://example.org' },
    state: ready,
    host,
  },
]
