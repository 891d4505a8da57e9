import type { Json } from '../../../side/json.ts'

/** What a part of an action's form gets: the action as it is stored, and how to set members of it; undefined takes one out. */
export type KindFormProps = { action: Json; set: (members: Json) => void }

export const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
export const numberOf = (value: unknown) => (typeof value === 'number' ? value : null)
