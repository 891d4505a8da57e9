import { giveUp, spend } from './budget.ts'

/** Longer texts are not searched here. */
const longest = 1_000
/** `\d`, `[A-Z-]`, any other sign; then how often. What is left out here, a sandbox has to do. */
const part =
  /(?:\\(?:[dDwWsSbBnrt.*+?^${}()|[\]\\/-]|u[\da-fA-F]{4}|x[\da-fA-F]{2})|\[(?:[^[\]\\]|\\(?:[dDwWsSnrt.*+?^${}()|[\]\\/-]|u[\da-fA-F]{4}|x[\da-fA-F]{2}))*\]|[^\\[\](){}*+?|])(?:([*+?])|\{(\d{1,2})(,?)(\d{0,2})\})?(\?)?/uy
const group = /\((?:\?:)?|\)(?![*+?{])|\|/uy

/** How many ways a pattern may try: `ways`, for each of the places in the text to the power of `open`. */
export type Effort = { ways: number; open: number }

/** Null for a pattern that may try too many ways: with groups that are repeated, looks around or references. */
export const effortOf = (pattern: string): Effort | null => {
  let ways = 1
  let open = 0
  for (let at = 0; at < pattern.length; ) {
    part.lastIndex = at
    group.lastIndex = at
    const found = part.exec(pattern)
    if (found) {
      const [text, sign, least, comma, most] = found
      if (sign === '?') ways *= 2
      else if (sign || (comma && !most)) open++
      else if (most) ways *= Math.max(1, Number(most) - Number(least) + 1)
      at += text.length
    } else {
      const [text] = group.exec(pattern) ?? []
      if (text === undefined) return null
      if (text === '|') ways *= 2
      at += text.length
    }
  }
  return ways > 1_000_000 || open > 8 ? null : { ways, open }
}

/** Before a text is searched once. */
export const spendOnSearch = ({ ways, open }: Effort, text: string): void => {
  if (text.length > longest) giveUp()
  spend(4 + (ways * (text.length + 1) ** (open + 1)) / 32)
}
