type DetailRow = { key: string; value: string }

const mostRows = 50
const longestValue = 300

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

/**
 * The details of an alarm as a table of keys and values, when they are a flat object that fits one; null when they are
 * to be read as JSON.
 */
export const detailRows = (details: unknown): DetailRow[] | null => {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return null
  const entries = Object.entries(details)
  if (entries.length > mostRows) return null
  const rows: DetailRow[] = []
  for (const [key, value] of entries) {
    if (!isPlain(value)) return null
    const text = value === null ? '—' : String(value)
    if (text.length > longestValue) return null
    rows.push({ key, value: text })
  }
  return rows
}

/** Whether there is nothing to read. */
export const isEmptyDetails = (details: unknown): boolean =>
  details === null ||
  details === undefined ||
  details === '' ||
  (typeof details === 'object' && Object.keys(details).length === 0)
