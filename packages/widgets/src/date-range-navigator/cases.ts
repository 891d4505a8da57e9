import type { WidgetCase } from '../widget.ts'

const ready = { status: 'ready', staleSince: null, series: [] } as const
const day = { startTs: Date.UTC(2026, 0, 31), endTs: Date.UTC(2026, 1, 1) }

export const cases: WidgetCase[] = [
  { name: 'a day', settings: {}, state: ready, window: day },
  {
    name: 'hours of two days',
    settings: {},
    state: ready,
    window: { startTs: Date.UTC(2026, 0, 31, 22), endTs: Date.UTC(2026, 1, 1, 2) },
  },
  {
    name: 'arrows alone',
    settings: { hidePicker: true, hideInterval: true, hideStepSize: true },
    state: ready,
    window: day,
  },
  { name: 'without labels', settings: { hideLabels: true }, state: ready, window: day },
  { name: 'of no length', settings: {}, state: ready, window: { startTs: 0, endTs: 0 } },
]
