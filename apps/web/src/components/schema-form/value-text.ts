/** JSON where the text is that, else the text itself: `true`, `42`, `on`, `"true"`. */
export const readValueText = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text.trim()
  }
}

/** What reads as the value again; texts stand in quotes only where they would be read as something else. */
export const writeValueText = (value: unknown): string => {
  const quoted = JSON.stringify(value) ?? ''
  return typeof value === 'string' && value !== '' && readValueText(value) === value ? value : quoted
}
