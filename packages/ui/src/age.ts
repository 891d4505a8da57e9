/** The unit in which an age is told, and how many of it. Ages below two seconds are `now`. */
export type Age = { unit: 'now' | 'second' | 'minute' | 'hour' | 'day'; count: number }

/** `ageMs` may be negative (clocks differ); that is `now`. */
export const toAge = (ageMs: number): Age => {
  const seconds = Math.floor(ageMs / 1_000)
  if (seconds < 2) return { unit: 'now', count: 0 }
  if (seconds < 60) return { unit: 'second', count: seconds }
  if (seconds < 3_600) return { unit: 'minute', count: Math.floor(seconds / 60) }
  if (seconds < 86_400) return { unit: 'hour', count: Math.floor(seconds / 3_600) }
  return { unit: 'day', count: Math.floor(seconds / 86_400) }
}

/** How long the text of that age stays true, in ms: how soon to draw it again. */
export const ageRefreshMs = (age: Age): number => {
  switch (age.unit) {
    case 'now':
    case 'second':
      return 1_000
    case 'minute':
      return 15_000
    case 'hour':
      return 300_000
    case 'day':
      return 3_600_000
  }
}
