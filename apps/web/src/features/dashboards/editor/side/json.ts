export type Json = Readonly<Record<string, unknown>>

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Empty for anything but an object. */
export const jsonOf = (value: unknown): Json => (isJson(value) ? value : {})
