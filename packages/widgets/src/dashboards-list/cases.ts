import { caseContent } from '../case-data/places.ts'
import type { WidgetCase } from '../widget.ts'

const ready = { status: 'ready', staleSince: null, series: [] } as const

const dashboard = (title: string, n: number) => ({
  id: String(n),
  title,
  href: `/dashboards/${n}`,
  createdTime: Date.UTC(2026, 0, n),
})

export const cases: WidgetCase[] = [
  {
    name: 'a few of many',
    settings: {},
    state: ready,
    host: {
      content: caseContent({
        status: 'ready',
        total: 62,
        dashboards: [
          'Fleet overview',
          'Energy',
          'Boiler house with a name that is longer than the widget is wide, by far',
        ].map((title, n) => dashboard(title, n + 1)),
      }),
    },
  },
  { name: 'waiting', settings: {}, state: ready, host: { content: caseContent() } },
  {
    name: 'none',
    settings: {},
    state: ready,
    host: { content: caseContent({ status: 'ready', total: 0, dashboards: [] }) },
  },
  {
    name: 'the server refused',
    settings: {},
    state: ready,
    host: { content: caseContent({ status: 'failed', reason: 'Permission denied', retry: () => {} }) },
  },
]
