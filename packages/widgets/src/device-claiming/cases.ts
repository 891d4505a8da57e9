import { idleHost } from '../host/idle-host.ts'
import type { WidgetCase } from '../widget.ts'

const state: WidgetCase['state'] = { status: 'ready', series: [], staleSince: null }
const outcome = (is: 'claimed' | 'taken' | 'refused') => ({
  values: { ...idleHost({}).values, claimDevice: async () => is },
})

export const cases: WidgetCase[] = [
  { name: 'by name', settings: {}, state, host: outcome('claimed') },
  { name: 'by name and secret', settings: { deviceSecret: true }, state, host: outcome('refused') },
  {
    name: 'words of the file',
    settings: {
      deviceSecret: true,
      deviceLabel: 'Serial number',
      secretKeyLabel: 'Code on the box',
      labelClaimButon: 'Add to my home',
    },
    state,
    host: outcome('taken'),
  },
]
