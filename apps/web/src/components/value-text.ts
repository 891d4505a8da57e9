const longestText = 4_000

/** How a telemetry or attribute value reads: JSON as JSON, long fractions shortened, the rest as it is. */
export const valueText = (value: unknown): string => {
  if (value === null || value === undefined) return '—'
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(8)))
  if (typeof value === 'object') return JSON.stringify(value).slice(0, longestText)
  return String(value).slice(0, longestText)
}

/** What a person typed into a value field: JSON when it is JSON, else text. */
export const parseTyped = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
