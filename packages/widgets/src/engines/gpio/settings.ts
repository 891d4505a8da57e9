import { z } from 'zod'
import { list } from '../../settings/schema.ts'

/** A board has no more pins than that; a file that names more is no board. */
const mostPlaces = 64

const place = z.number().int().min(0).max(mostPlaces)
const pin = z.object({
  pin: z.union([z.number(), z.string().max(64)]),
  label: z.string().max(255).catch('').default(''),
  row: place.catch(0).default(0),
  col: place.catch(0).default(0),
  /** Of a lamp. */
  color: z.string().catch('').default(''),
})
export type GpioPin = z.output<typeof pin>

export const pinList = () => list(pin)

/** Pins by their places; of two in one place, the first. */
export const placedPins = (pins: readonly GpioPin[]): GpioPin[] =>
  [...new Map(pins.toReversed().map((one) => [`${one.row} ${one.col}`, one])).values()].toSorted(
    (a, b) => a.row - b.row || a.col - b.col,
  )

/** Rows that nobody uses take no room. */
export const rowsUsed = (pins: readonly GpioPin[]): readonly number[] =>
  [...new Set(pins.map(({ row }) => row))].toSorted((a, b) => a - b)
