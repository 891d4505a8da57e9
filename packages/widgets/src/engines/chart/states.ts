import { toNumber } from './course.ts'
import type { ChartSettings } from './settings.ts'

type States = ChartSettings['states']

/** Texts and booleans that mean the same on the wire. */
const sameAs = (value: unknown): unknown => (value === 'true' ? true : value === 'false' ? false : value)

const holds = (value: number, from: number | null | undefined, to: number | null | undefined): boolean =>
  typeof from === 'number' && from === to
    ? value === from
    : (typeof from !== 'number' || value >= from) && (typeof to !== 'number' || value < to)

/** Where on the axis a value stands: the state's place, else the number itself. */
export const stateReader = (states: States): ((value: unknown) => number) => {
  const constants = new Map(
    states.flatMap((state) => (state.sourceType === 'constant' ? [[sameAs(state.sourceValue), state.value]] : [])),
  )
  const ranges = states.filter((state) => state.sourceType === 'range')
  return (value) => {
    const constant = constants.get(sameAs(value))
    if (constant !== undefined) return constant
    const number = toNumber(value)
    return ranges.find((state) => holds(number, state.sourceRangeFrom, state.sourceRangeTo))?.value ?? number
  }
}

/** What a place on the axis is called; undefined where no state stands. */
export const stateName = (states: States, place: number): string | undefined =>
  states.find((state) => state.value === place)?.label || undefined

/** Where states stand that have a name, ascending; one that is being made has none yet. */
export const statePlaces = (states: States): number[] =>
  [...new Set(states.flatMap(({ label, value }) => (label === '' ? [] : [value])))].sort((a, b) => a - b)
