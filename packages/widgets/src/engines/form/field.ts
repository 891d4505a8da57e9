/** Kinds of values that a form writes, by the names of files. */
export const fieldKinds = [
  'string',
  'double',
  'integer',
  'JSON',
  'booleanCheckbox',
  'booleanSwitch',
  'dateTime',
  'date',
  'time',
  'select',
  'radio',
  'color',
] as const
export type FieldKind = (typeof fieldKinds)[number]

export type FieldSpec = {
  kind: FieldKind
  isRequired: boolean
  min: number | null
  max: number | null
  minLength: number | null
  maxLength: number | null
  /** Of select and radio. */
  options: readonly FieldOption[]
}
export type FieldOption = { value: string | null; label: string }

/** What stands in a control: text, or on and off; null: nothing. */
export type Draft = string | boolean | null

export type FieldProblem =
  | { kind: 'required' | 'number' | 'integer' | 'json' | 'date' | 'option' }
  | { kind: 'min' | 'max' | 'short' | 'long'; limit: number }

const two = (n: number) => String(n).padStart(2, '0')
const dayMs = 86_400_000

const dateText = (at: Date) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
const timeText = (at: Date) =>
  `${two(at.getHours())}:${two(at.getMinutes())}${at.getSeconds() > 0 ? `:${two(at.getSeconds())}` : ''}`
const clockText = (ms: number) => {
  const seconds = Math.floor(ms / 1_000)
  const rest = seconds % 60
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}${rest > 0 ? `:${two(rest)}` : ''}`
}

const toDate = (value: unknown): Date | null => {
  const number = typeof value === 'number' ? value : Number(value)
  const date = new Date(Number.isFinite(number) ? number : String(value))
  return Number.isNaN(date.getTime()) ? null : date
}

const isNothing = (value: unknown) => value === null || value === undefined || value === ''

/** A value as a control shows it. What is of another kind stays as it is, as far as it is text. */
export const toDraft = (kind: FieldKind, value: unknown): Draft => {
  switch (kind) {
    case 'booleanCheckbox':
    case 'booleanSwitch':
      return typeof value === 'boolean' ? value : value === 'true'
    case 'JSON':
      if (isNothing(value)) return ''
      return typeof value === 'string' ? pretty(value) : JSON.stringify(value, null, 2)
    case 'dateTime':
    case 'date': {
      const date = isNothing(value) ? null : toDate(value)
      if (!date) return ''
      return kind === 'date' ? dateText(date) : `${dateText(date)}T${timeText(date)}`
    }
    case 'time': {
      const ms = isNothing(value) ? Number.NaN : Number(value)
      return ms >= 0 && ms < dayMs ? clockText(ms) : ''
    }
    case 'select':
    case 'radio':
      return value === null || value === undefined ? null : textOf(value)
    default:
      return isNothing(value) ? '' : textOf(value)
  }
}

const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))

const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

const failed = (problem: FieldProblem) => ({ ok: false, problem }) as const
const done = (value: unknown) => ({ ok: true, value }) as const

/** What is sent for what stands in a control; null: nothing, which deletes an attribute. */
export const fromDraft = (spec: FieldSpec, draft: Draft) => {
  if (typeof draft === 'boolean') return done(draft)
  if (spec.kind === 'select' || spec.kind === 'radio')
    return spec.options.some(({ value }) => value === draft) || (draft === null && !spec.isRequired)
      ? done(draft)
      : failed({ kind: draft === null ? 'required' : 'option' })
  const text = spec.kind === 'string' ? (draft ?? '') : (draft ?? '').trim()
  if (text === '') return spec.isRequired ? failed({ kind: 'required' }) : done(null)
  return fromText(spec, text)
}

const fromText = (spec: FieldSpec, text: string) => {
  switch (spec.kind) {
    case 'double':
    case 'integer':
      return fromNumber(spec, text)
    case 'JSON':
      try {
        return done(JSON.parse(text))
      } catch {
        return failed({ kind: 'json' })
      }
    case 'date':
    case 'dateTime': {
      const date = new Date(spec.kind === 'date' ? `${text}T00:00` : text)
      return Number.isNaN(date.getTime()) ? failed({ kind: 'date' }) : done(date.getTime())
    }
    case 'time': {
      const parts = /^(\d\d):(\d\d)(?::(\d\d))?/.exec(text)
      if (!parts) return failed({ kind: 'date' })
      const [hours, minutes, seconds] = [parts[1], parts[2], parts[3] ?? 0].map(Number) as [number, number, number]
      return done(((hours * 60 + minutes) * 60 + seconds) * 1_000)
    }
    default:
      if (spec.minLength !== null && text.length < spec.minLength)
        return failed({ kind: 'short', limit: spec.minLength })
      if (spec.maxLength !== null && text.length > spec.maxLength)
        return failed({ kind: 'long', limit: spec.maxLength })
      return done(text)
  }
}

const fromNumber = (spec: FieldSpec, text: string) => {
  // A comma is how many countries write fractions.
  const number = Number(text.replace(/^([+-]?\d*),(\d+)$/, '$1.$2'))
  if (!Number.isFinite(number)) return failed({ kind: 'number' })
  if (spec.kind === 'integer' && !Number.isInteger(number)) return failed({ kind: 'integer' })
  if (spec.min !== null && number < spec.min) return failed({ kind: 'min', limit: spec.min })
  if (spec.max !== null && number > spec.max) return failed({ kind: 'max', limit: spec.max })
  return done(number)
}

/** One step up or down from what stands there, within the limits. */
export const stepDraft = (spec: FieldSpec, draft: string, by: number): string => {
  const number = Number(draft)
  if (!Number.isFinite(number)) return draft
  // Adding 0.1 ten times is to be 1.
  const next = Number((number + by).toFixed(10))
  return String(Math.min(spec.max ?? next, Math.max(spec.min ?? next, next)))
}
