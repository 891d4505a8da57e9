import { defineSymbol, type OwnSymbol } from '../../engines/scada/own-symbol.ts'
import { alarmBind, alarmColors, alarms, click, machine, machineColors, stateFill } from './behaviors.ts'
import { alarmSigns } from './shapes.ts'

type Parts = {
  id: string
  title: string
  standsFor?: readonly string[]
  columns: number
  rows: number
  drawing: string
  signsAt: readonly [number, number]
  bind?: Readonly<Record<string, object>>
  behavior?: typeof machine
  properties?: typeof machineColors
  signs?: number
}

/** A device of a plant: it runs or stands still, and has alarms. `lamp` of its drawing shows which. */
export const device = (p: Parts): OwnSymbol =>
  equipment({
    ...p,
    behavior: [...machine, ...(p.behavior ?? [])],
    properties: [...machineColors, ...(p.properties ?? [])],
    bind: { lamp: { fill: stateFill }, ...p.bind },
  })

/** A thing that neither runs nor stands still, and has alarms. */
export const fixture = (p: Parts): OwnSymbol =>
  equipment({
    ...p,
    behavior: [...(p.behavior ?? []), ...alarms, click()],
    properties: [...(p.properties ?? []), ...alarmColors],
  })

const equipment = (p: Parts): OwnSymbol =>
  defineSymbol({
    id: p.id,
    title: p.title,
    ...(p.standsFor ? { standsFor: p.standsFor } : {}),
    columns: p.columns,
    rows: p.rows,
    behavior: p.behavior ?? [],
    properties: p.properties ?? [],
    bind: { all: { click: { run: 'click' } }, ...p.bind, ...alarmBind },
    drawing: `<g tb:tag="all">${p.drawing}</g>${alarmSigns(...p.signsAt, p.signs ?? 20)}`,
  })
