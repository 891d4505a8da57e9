const name = 'thingwire.library.recent'
const most = 8

/** Types of widgets that were added last in this browser, the newest first. */
export const readRecent = (): readonly string[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, most) : []
  } catch {
    return []
  }
}

export const noteRecent = (type: string): void => {
  try {
    localStorage.setItem(name, JSON.stringify([type, ...readRecent().filter((one) => one !== type)].slice(0, most)))
  } catch {
    // A browser that keeps nothing for us forgets.
  }
}
