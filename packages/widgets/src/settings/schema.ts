import { z } from 'zod'

/**
 * Parts that settings schemas are made of. Each takes anything: what is missing or of another make becomes the default, so
 * that a file from elsewhere never breaks a widget. `title` is what forms call the setting where its name does not say it.
 */
type About = { title?: string; hint?: string }
const about = <T extends z.ZodType>(schema: T, meta: About | undefined): T => (meta ? schema.meta(meta) : schema)

export const flag = (fallback: boolean, meta?: About) => about(z.boolean().catch(fallback).default(fallback), meta)
export const text = (fallback: string, meta?: About) => about(z.string().catch(fallback).default(fallback), meta)
export const number = (fallback: number, meta?: About) =>
  about(z.coerce.number().catch(fallback).default(fallback), meta)
export const optionalNumber = (meta?: About) => about(z.number().nullable().catch(null).default(null), meta)
export const optionalText = (meta?: About) => about(z.string().nullable().catch(null).default(null), meta)
export const anyJson = (fallback: z.core.util.JSONType, meta?: About) =>
  about(z.json().catch(fallback).default(fallback), meta)
export const milliseconds = (fallback: number, meta?: About) =>
  about(z.number().int().positive().catch(fallback).default(fallback), meta)
/** CSS colour; empty: of the theme. */
export const color = (fallback = '', meta?: About) => about(z.string().catch(fallback).default(fallback), meta)
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T, fallback: T[number], meta?: About) =>
  about(z.enum(values).catch(fallback).default(fallback), meta)

/** A list; members that do not fit are left out. */
export const list = <S extends z.ZodType>(member: S, meta?: About) =>
  about(
    z
      .array(z.unknown())
      .catch([])
      .default([])
      .transform((all) =>
        all.flatMap((one): z.output<S>[] => {
          const parsed = member.safeParse(one)
          return parsed.success ? [parsed.data] : []
        }),
      ),
    meta,
  )

/** An object whose every member has a default, so that nothing at all, or something else, is all of them. */
export const part = <S extends z.ZodRawShape>(shape: S, meta?: About) => {
  const schema = z.object(shape)
  return about(schema.catch(() => schema.parse({})).prefault({} as z.input<typeof schema>), meta)
}
