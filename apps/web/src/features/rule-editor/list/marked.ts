/** A text cut where another stands in it, in whichever letters. */
export const marked = (text: string, sought: string): { part: string; isMatch: boolean }[] => {
  const [inText, wanted] = [text.toLowerCase(), sought.toLowerCase()]
  // A letter may become several in lower case; then places in the two texts differ, and nothing is marked.
  if (wanted === '' || inText.length !== text.length) return [{ part: text, isMatch: false }]
  const parts: { part: string; isMatch: boolean }[] = []
  for (let at = 0; at < text.length; ) {
    const next = inText.indexOf(wanted, at)
    const end = next < 0 ? text.length : next
    if (end > at) parts.push({ part: text.slice(at, end), isMatch: false })
    if (next >= 0) parts.push({ part: text.slice(next, next + wanted.length), isMatch: true })
    at = next < 0 ? text.length : next + wanted.length
  }
  return parts
}
