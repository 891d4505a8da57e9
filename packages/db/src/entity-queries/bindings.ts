/** Adds a value to the statement and answers its placeholder. The only way for anything of a caller's into a text. */
export type Bind = (value: unknown) => string

export const createBindings = (): { values: unknown[]; bind: Bind } => {
  const values: unknown[] = []
  return {
    values,
    bind: (value) => {
      values.push(value)
      return `$${values.length}`
    },
  }
}
