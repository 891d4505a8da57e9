import type { WidgetCase } from '../widget.ts'

const state = { status: 'ready', series: [], staleSince: null } as const

export const cases: WidgetCase[] = [
  { name: 'a heading', settings: { label: 'Boiler room', icon: 'local_fire_department' }, state },
  { name: 'without an icon', settings: { label: 'Boiler room', showIcon: false }, state },
  { name: 'an icon without a like', settings: { label: 'Boiler room', icon: 'mdi:never-heard-of' }, state },
  {
    name: 'a long text',
    settings: { label: 'Everything that the sensors on the second floor of the northern building have to say' },
    state,
  },
  {
    name: 'coloured',
    settings: {
      label: 'Alarm',
      labelColor: '#fff',
      background: { color: '#D81838' },
      icon: 'warning',
      iconColor: '#fff',
    },
    state,
  },
  { name: 'no text', settings: { label: '' }, state },
]
