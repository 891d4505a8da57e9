export type JsonText = { value: unknown; error?: undefined } | { error: string }

/** What a text says as JSON, or why it says nothing. */
export const readJson = (text: string): JsonText => {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

export const writeJson = (value: unknown): string => JSON.stringify(value, null, 2) ?? ''
