import { z } from 'zod'

/**
 * When something holds: names of values or properties, each with `!` before it for the opposite, joined by `&`. Empty: always.
 */
const whenSchema = z
  .string()
  .max(400)
  .regex(/^(?:\s*!?[\w.-]+\s*(?:&\s*!?[\w.-]+\s*)*)?$/)

/** The first whose condition holds; a plain text always does. */
const choiceSchema = z.union([
  z.string().max(200),
  z.array(z.object({ when: whenSchema.default(''), use: z.string().max(200) })).max(12),
])
export type Choice = z.output<typeof choiceSchema>

/** A number, or the name of a value or property that is one. */
const amountSchema = z.union([z.number(), z.string().min(1).max(120)])
export type Amount = z.output<typeof amountSchema>

const share = z.object({
  /** What is shown, and the ends of its scale. */
  of: amountSchema,
  from: amountSchema.default(0),
  to: amountSchema.default(100),
})

/** What the elements of a tag show, and what a click on them does. Paints are names of `paints`, `$property`, or colours. */
export const bindingSchema = z.object({
  fill: choiceSchema.optional(),
  stroke: choiceSchema.optional(),
  show: whenSchema.optional(),
  /** Degrees about a point of the drawing, between two ends. */
  turn: share
    .extend({ degrees: z.tuple([z.number(), z.number()]), about: z.tuple([z.number(), z.number()]) })
    .optional(),
  /** Turns on and on. `seconds` for one turn at speed 1. */
  spin: z
    .object({
      when: whenSchema.default(''),
      about: z.tuple([z.number(), z.number()]),
      seconds: z.number().positive().default(2),
      speed: amountSchema.optional(),
    })
    .optional(),
  /** The drawing shows something that is full; it sinks by this much where it is empty. */
  level: share.extend({ height: z.number(), across: z.boolean().default(false) }).optional(),
  /** Dashes of the line move. `dash` is the length of one dash with its gap. */
  flow: z
    .object({
      when: whenSchema.default(''),
      dash: z.number().positive().default(24),
      speed: amountSchema.optional(),
      /** Holds while it flows against the line's direction. */
      back: whenSchema.optional(),
    })
    .optional(),
  blink: whenSchema.optional(),
  /** The text of the element; without `of` the unit alone. `unit` and `decimals` are properties or fixed. */
  text: z
    .object({
      of: amountSchema.optional(),
      unit: z.string().max(60).optional(),
      decimals: amountSchema.optional(),
      /** Letters that fit; longer texts are set smaller. */
      room: z.number().positive().optional(),
    })
    .optional(),
  click: z
    .union([
      /** A value that is true or false is written the other way round. */
      z.object({ toggle: z.string(), on: z.string(), off: z.string() }),
      z.object({ run: z.string() }),
    ])
    .optional(),
})
export type Binding = z.output<typeof bindingSchema>

/** What bindings are evaluated over. */
export type SymbolScope = {
  values: Readonly<Record<string, unknown>>
  properties: Readonly<Record<string, unknown>>
}

const lookUp = (name: string, { values, properties }: SymbolScope): unknown =>
  Object.hasOwn(values, name) ? values[name] : Object.hasOwn(properties, name) ? properties[name] : undefined

const isTrue = (value: unknown): boolean => value === true || value === 'true'

export const holds = (when: string, scope: SymbolScope): boolean =>
  when
    .split('&')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .every((one) => (one.startsWith('!') ? !isTrue(lookUp(one.slice(1), scope)) : isTrue(lookUp(one, scope))))

export const chosen = (choice: Choice, scope: SymbolScope): string | null =>
  typeof choice === 'string' ? choice : (choice.find(({ when }) => holds(when, scope))?.use ?? null)

/** Null: not a number. Devices send numbers as texts, too; what is true or false is 1 or 0. */
export const amountOf = (amount: Amount, scope: SymbolScope): number | null => {
  const value = typeof amount === 'number' ? amount : lookUp(amount.replace(/^\$/, ''), scope)
  if (typeof value === 'boolean') return value ? 1 : 0
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** How far along its scale, 0 to 1; null where there is no telling. */
export const shareOf = (
  { of, from, to }: { of: Amount; from: Amount; to: Amount },
  scope: SymbolScope,
): number | null => {
  const [value, start, end] = [amountOf(of, scope), amountOf(from, scope), amountOf(to, scope)]
  if (value === null || start === null || end === null || start === end) return null
  return Math.min(1, Math.max(0, (value - start) / (end - start)))
}

const slowest = 0.1
const fastest = 20

/** Seconds of one round; a speed of nothing, or of something odd, is the usual one. */
export const secondsAt = (seconds: number, speed: Amount | undefined, scope: SymbolScope): number => {
  const factor = speed === undefined ? 1 : Math.abs(amountOf(speed, scope) ?? 1)
  return Number((seconds / Math.min(fastest, Math.max(slowest, factor || 1))).toFixed(3))
}
