/** A line of a terminal that calls a device: a method, and what follows it as JSON, else as text. */
export const parseCall = (line: string): { method: string; params: unknown } | null => {
  const text = line.trim()
  if (text === '') return null
  const space = text.search(/\s/)
  if (space < 0) return { method: text, params: null }
  const rest = text.slice(space + 1).trim()
  return { method: text.slice(0, space), params: parseParams(rest) }
}

const parseParams = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** An answer as a terminal prints it. */
export const printAnswer = (answer: unknown): string => {
  if (typeof answer === 'string') return answer
  return answer === undefined ? '' : (JSON.stringify(answer, null, 2) ?? '')
}

export type TerminalLine = { id: number; kind: 'input' | 'output' | 'error' | 'note'; prompt: string; text: string }

const mostLines = 500
const mostLetters = 20_000

/** Adds a line; old lines and endless ones are cut, as nobody reads them and a page must not grow for ever. */
export const addLine = (lines: readonly TerminalLine[], line: Omit<TerminalLine, 'id'>): TerminalLine[] => {
  const id = (lines.at(-1)?.id ?? 0) + 1
  const text = line.text.length > mostLetters ? `${line.text.slice(0, mostLetters)}…` : line.text
  return [...lines.slice(1 - mostLines), { ...line, text, id }]
}

/** What was typed before, by how many steps back; 0 is the line being typed. */
export const recall = (history: readonly string[], back: number): { back: number; text: string } => {
  const held = Math.min(history.length, Math.max(0, back))
  return { back: held, text: held === 0 ? '' : (history.at(-held) ?? '') }
}
