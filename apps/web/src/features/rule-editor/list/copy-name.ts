const longestName = 255

/** A name that nothing has yet: "Pumps copy", "Pumps copy 2". The suffix stays whole, however long the name is. */
export const copyName = (name: string, suffix: string, taken: ReadonlySet<string>): string => {
  for (let count = 1; ; count += 1) {
    const end = count === 1 ? ` ${suffix}` : ` ${suffix} ${count}`
    const candidate = name.slice(0, longestName - end.length).trimEnd() + end
    if (!taken.has(candidate)) return candidate
  }
}
