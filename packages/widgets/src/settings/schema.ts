import { z } from 'zod'

/**
 * Parts that settings schemas are made of. Each takes anything: what is missing or of another make becomes the default, so
 * that a file from elsewhere never breaks a widget. `title` is what forms call the setting where its name does not say it.
 */
export type About = {
  title?: string
  hint?: string
  /** Beside which neighbours it means anything; any of these, each a list of what they may be. */
  when?: Readonly<Record<string, readonly unknown[]>> | readonly Readonly<Record<string, readonly unknown[]>>[]
  /** People's words for constants. */
  words?: Readonly<Record<string, string>>
  /** Which control it has in forms, where its type does not say. */
  editor?: string
  /** Words behind a number. */
  suffix?: string
  /** With which others it stands in forms of many settings, where its name does not say it. */
  group?: string
}
const about = <T extends z.ZodType>(schema: T, meta: About | undefined): T => (meta ? schema.meta(meta) : schema)

const made = new Map<string, unknown>()

/**
 * Schemas never change, so what is asked for by the same words is the same one. Making one costs a hundred times as much as
 * finding it, and a board begins by making those of all widgets.
 * @param words tell all that `make` depends on
 */
export const shared = <S>(words: readonly unknown[], make: () => S): S => {
  const name = JSON.stringify(words)
  const known = made.get(name)
  // Under the same words stands what the same function has made.
  if (known !== undefined) return known as S
  const fresh = make()
  made.set(name, fresh)
  return fresh
}

export const flag = (fallback: boolean, meta?: About) =>
  about(
    shared(['flag', fallback], () => z.boolean().catch(fallback).default(fallback)),
    meta,
  )
export const text = (fallback: string, meta?: About) =>
  about(
    shared(['text', fallback], () => z.string().catch(fallback).default(fallback)),
    meta,
  )
export const number = (fallback: number, meta?: About) =>
  about(
    shared(['number', fallback], () => z.coerce.number().catch(fallback).default(fallback)),
    meta,
  )
export const optionalNumber = (meta?: About) =>
  about(
    shared(['optionalNumber'], () => z.number().nullable().catch(null).default(null)),
    meta,
  )
export const optionalText = (meta?: About) =>
  about(
    shared(['optionalText'], () => z.string().nullable().catch(null).default(null)),
    meta,
  )
export const anyJson = (fallback: z.core.util.JSONType, meta?: About) =>
  about(z.json().catch(fallback).default(fallback), meta)
export const milliseconds = (fallback: number, meta?: About) =>
  about(z.number().int().positive().catch(fallback).default(fallback), meta)
/** CSS colour; empty: of the theme. */
export const color = (fallback = '', meta?: About) =>
  shared(['color', fallback, meta], () => text(fallback, { editor: 'color', ...meta }))
/** Name of an icon, as files have it. */
export const icon = (fallback: string, meta?: About) =>
  shared(['icon', fallback, meta], () => text(fallback, { editor: 'icon', ...meta }))
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T, fallback: T[number], meta?: About) =>
  about(
    shared(['oneOf', values, fallback], () => z.enum(values).catch(fallback).default(fallback)),
    meta,
  )

const misfit = Symbol('does not fit')

/** A list; members that do not fit are left out. */
export const list = <S extends z.ZodType>(member: S, meta?: About) =>
  about(
    z
      .array(z.union([member, z.unknown().transform((): typeof misfit => misfit)]))
      .catch([])
      .default([])
      // What is no misfit came out of the member's schema.
      .transform((all) => all.flatMap((one): z.output<S>[] => (one === misfit ? [] : [one as z.output<S>]))),
    meta,
  )

/** An object whose every member has a default, so that nothing at all, or something else, is all of them. */
export const part = <S extends z.ZodRawShape>(shape: S, meta?: About) => {
  const schema = z.object(shape)
  return about(schema.catch(() => schema.parse({})).prefault({} as z.input<typeof schema>), meta)
}
