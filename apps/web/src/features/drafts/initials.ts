/** Two letters for a person: of the first and last word of a name, or of what stands before the @. */
export const initialsOf = (name: string): string => {
  const words = (name.split('@')[0] ?? '').split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const [first = '?', ...rest] = words
  const last = rest.at(-1)
  return (last ? `${first[0]}${last[0]}` : first.slice(0, 2)).toUpperCase()
}
