const key = 'thingwire.rule-editor.recent-nodes'
const most = 5

/** The types that were added last in this browser, the newest first. */
export const recentTypes = (): string[] => {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(key) ?? '[]')
    return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string').slice(0, most) : []
  } catch {
    return []
  }
}

export const rememberType = (className: string): void => {
  try {
    const next = [className, ...recentTypes().filter((one) => one !== className)].slice(0, most)
    window.localStorage.setItem(key, JSON.stringify(next))
  } catch {
    // A browser that keeps nothing only forgets what was used last.
  }
}
