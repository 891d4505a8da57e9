import { caseContent } from '../case-data/places.ts'
import type { WidgetCase } from '../widget.ts'

const ready = { status: 'ready', staleSince: null, series: [] } as const

const host = { content: caseContent() }

export const cases: WidgetCase[] = [
  { name: 'all places', settings: {}, state: ready, host },
  { name: 'two of them', settings: { filterType: 'include', filter: ['/devices', '/ruleChains'] }, state: ready, host },
  { name: 'all but one', settings: { filterType: 'exclude', filter: ['/home'] }, state: ready, host },
  { name: 'none', settings: { filterType: 'include', filter: ['/nowhere'] }, state: ready, host },
]
