/** A setting as people read it: texts as they are, everything else as JSON; — for what is not there. */
export const asText = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return '—'
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}
