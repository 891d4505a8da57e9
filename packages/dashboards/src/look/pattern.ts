const longestPattern = 200
/** Of a text that a pattern is tried on, in characters; the rest is not looked at. */
export const longestText = 100
/** Steps that one try may take at worst. */
const mostSteps = 4 * longestText ** 3

type Group = { /** Something in it can be matched in several ways. */ isOpen: boolean }
/** What grows the number of ways: repetitions, optional parts and choices; null: without measure. */
type Ways = { repetitions: number; choices: number } | null

const repetition = /^(?:[*+]|\{\d*,\d*\})/
const fixedRepetition = /^\{\d+\}/
const refersBack = /^\\(?:[1-9]|k<)/
const looksAround = /^\(\?(?:[=!]|<[=!])/

const waysOf = (pattern: string): Ways => {
  const open: Group[] = []
  let [repetitions, choices, inClass] = [0, 0, false]
  const widen = () => {
    const group = open.at(-1)
    if (group) group.isOpen = true
  }
  for (let at = 0; at < pattern.length; at++) {
    const [letter, rest] = [pattern[at], pattern.slice(at)]
    if (letter === '\\') {
      if (refersBack.test(rest)) return null
      at += 1
    } else if (inClass) inClass = letter !== ']'
    else if (letter === '[') inClass = true
    else if (letter === '(') {
      if (looksAround.test(rest)) return null
      open.push({ isOpen: false })
      // The sign behind the bracket is no quantifier.
      if (pattern[at + 1] === '?') at += 1
    } else if (letter === ')') {
      const group = open.pop()
      const after = pattern.slice(at + 1)
      if (group?.isOpen && (repetition.test(after) || fixedRepetition.test(after))) return null
      if (group?.isOpen) widen()
    } else if (letter === '|') {
      choices += open.length > 0 ? 1 : 0
      widen()
    } else if (letter === '?') {
      choices += 1
      widen()
    } else if (repetition.test(rest)) {
      repetitions += 1
      widen()
    }
  }
  return { repetitions, choices }
}

/** Whether the most steps that a try can take are few enough; told from the pattern alone, on the safe side. */
const isQuick = (pattern: string): boolean => {
  const ways = waysOf(pattern)
  if (!ways) return false
  const starts = pattern.startsWith('^') ? 0 : 1
  return longestText ** (ways.repetitions + starts) * 2 ** ways.choices <= mostSteps
}

const known = new Map<string, RegExp | null>()

/** The pattern of a dashboard's author, run in every viewer's browser; null: it is none, or could run for long. */
export const safePattern = (pattern: string): RegExp | null => {
  const found = known.get(pattern)
  if (found !== undefined) return found
  let made: RegExp | null = null
  if (pattern.length > 0 && pattern.length <= longestPattern && isQuick(pattern)) {
    try {
      made = new RegExp(pattern, 'u')
    } catch {
      made = null
    }
  }
  if (known.size < 500) known.set(pattern, made)
  return made
}
