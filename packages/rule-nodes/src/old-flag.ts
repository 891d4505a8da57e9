/** A flag of an old configuration, at times written as a word; missing is false. Throws for anything else. */
export const oldFlag = (config: Record<string, unknown>, name: string): boolean => {
  const value = config[name]
  if (value === true || value === 'true') return true
  if (value === undefined || value === null || value === false || value === 'false') return false
  throw new Error(`${name} is neither true nor false`)
}
