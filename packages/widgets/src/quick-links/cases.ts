import { caseContent } from '../case-data/places.ts'
import type { WidgetCase } from '../widget.ts'

const ready = { status: 'ready', staleSince: null, series: [] } as const

const host = { content: caseContent() }

export const cases: WidgetCase[] = [
  { name: 'in three columns', settings: {}, state: ready, host },
  { name: 'in one column', settings: { columns: 1 }, state: ready, host },
  { name: 'in more columns than there is room for', settings: { columns: 20 }, state: ready, host },
  { name: 'none', settings: {}, state: ready },
]
