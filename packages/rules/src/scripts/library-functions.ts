const blank = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
const functionStart = /function(?:\s*\*)?\s*([A-Za-z_$][\w$]*)\s*\(/y
/** Characters that are given to the compiler; a tidy library takes those that it has. One that is made to cost time ends there. */
const maxLookedAt = 2_000_000

/** `js`: the same text, line by line, with functions that nobody can put something else in the place of. */
export type LibraryFunctions = { ok: true; functions: string[]; js: string } | { ok: false; problem: string }

/**
 * The names of the functions that a library in JavaScript declares, or why it is none. The engine's own compiler says where
 * a function ends, so nothing here has to know the language.
 * @param problemOf Why a text is no program, with its line, or null
 */
export const libraryFunctions = (body: string, problemOf: (text: string) => string | null): LibraryFunctions => {
  const problem = problemOf(body)
  if (problem !== null) return { ok: false, problem }
  const functions: string[] = []
  let lookedAt = 0
  const endBy = (isLikely: (end: number) => boolean, start: number): number => {
    for (let end = body.indexOf('}', start) + 1; end > 0; end = body.indexOf('}', end) + 1) {
      if (!isLikely(end)) continue
      lookedAt += end - start
      if (lookedAt > maxLookedAt) return -1
      if (problemOf(`(${body.slice(start, end)})`) === null) return end
    }
    return -1
  }
  /** Nothing follows, or another function. */
  const isTidy = (end: number): boolean => {
    const next = after(blank, body, end)
    return next === body.length || body.startsWith('function', next)
  }
  const endOf = (start: number): number => {
    const end = endBy(isTidy, start)
    // Something else follows it: where that stands is told.
    return end < 0 ? endBy(() => true, start) : end
  }
  let js = ''
  let done = 0
  for (let at = after(blank, body, 0); at < body.length; at = after(blank, body, at)) {
    functionStart.lastIndex = at
    const name = functionStart.exec(body)?.[1]
    const end = name === undefined ? -1 : endOf(at)
    if (lookedAt > maxLookedAt) return { ok: false, problem: 'The functions lie too deep in each other' }
    const line = `Line ${body.slice(0, at).split('\n').length}`
    if (name === undefined || end < 0) return { ok: false, problem: `${line}: a library holds functions only` }
    if (functions.includes(name)) return { ok: false, problem: `${line}: the function ${name} stands here twice` }
    functions.push(name)
    js += `${body.slice(done, at)}const ${name} = ${body.slice(at, end)};`
    done = end
    at = end
  }
  return { ok: true, functions, js: js + body.slice(done) }
}

const after = (form: RegExp, text: string, at: number): number => {
  form.lastIndex = at
  return at + (form.exec(text)?.[0].length ?? 0)
}
