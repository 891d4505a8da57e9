/** The functions that a library declares, as far as an editor has to know them. */
export const functionsOf = (body: string): { name: string; signature: string }[] => {
  const plain = body.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
  const found: { name: string; signature: string }[] = []
  let depth = 0
  const parts =
    /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|[{}]|\b(?:function|def)\s+([A-Za-z_$][\w$]*)\s*(\([^)]*\))/g
  for (const [part, name, signature] of plain.matchAll(parts)) {
    if (part === '{') depth++
    else if (part === '}') depth--
    // What stands within a function is its own affair.
    else if (name !== undefined && signature !== undefined && depth === 0) found.push({ name, signature })
  }
  return found
}
