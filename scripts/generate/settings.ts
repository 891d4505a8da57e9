import { z } from 'zod'
import { settings } from '../../apps/engine/src/config.ts'
import { code, page, table } from './markdown.ts'

const valueSchema = z.looseObject({
  type: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: z.unknown().optional(),
})

/** What may stand in the variable, in words. */
const valuesOf = (value: z.infer<typeof valueSchema>): string => {
  if (value.enum) return value.enum.map((one) => code(String(one))).join(', ')
  if (value.format === 'uri') return 'URL'
  if (value.type !== 'integer' && value.type !== 'number') return 'text'
  const { minimum, maximum } = value
  // Without bounds of its own a whole number has those of the language.
  const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER
  if (isBounded) return `${minimum ?? 0} to ${maximum}`
  return minimum === undefined ? 'whole number' : `${minimum} or more`
}

const row = (name: string, schema: z.ZodType, about: string): string[] => {
  // The output side knows that "5" becomes a number; the input side knows the default and the words of an enumeration.
  const input = valueSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
  const output = valueSchema.parse(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }))
  const isOptional = schema.safeParse(undefined).success
  const fallback = input.default === undefined ? (isOptional ? 'none' : '**required**') : code(String(input.default))
  return [code(name), about, valuesOf({ ...output, ...input }), fallback]
}

/** docs/reference/settings.md */
export const settingsPage = (): string =>
  page({
    title: 'Settings',
    source: 'apps/engine/src/config.ts',
    parts: [
      'Environment variables of the engine, read once when it starts. An empty variable counts as not set. `npm start` sets `DATABASE_URL` and `REDIS_URL` to services of its own when they are not set.',
      table(
        ['Variable', 'Meaning', 'Values', 'Default'],
        Object.entries(settings).map(([name, { schema, about }]) => row(name, schema, about)),
      ),
    ],
  })
