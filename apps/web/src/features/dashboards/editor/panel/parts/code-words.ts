import type { Suggest } from '../../../../rule-editor/scripts/code-types.ts'

const statements = ['const', 'let', 'if', 'else', 'for', 'return', 'typeof', 'undefined']

/** What fits into a function of a dashboard: its arguments, and in brackets the keys of the widget's data. */
export const functionWords =
  (args: readonly string[], keys: readonly string[]): Suggest =>
  (text, at, isAsked) => {
    const before = text.slice(Math.max(0, at - 200), at)
    const member = /\[\s*['"]([^'"\]\n]*)$/.exec(before)
    if (member) {
      const options = keys.map((label) => ({ label, kind: 'property' as const }))
      return options.length > 0 ? { from: at - (member[1] ?? '').length, validFor: /^[^'"\]]*$/, options } : null
    }
    const word = /[\w$]*$/.exec(before)?.[0] ?? ''
    const isMember = /\.\s*[\w$]*$/.test(before)
    if (isMember || (word === '' && !isAsked)) return null
    return {
      from: at - word.length,
      validFor: /^[\w$]*$/,
      options: [
        ...args.map((label) => ({ label, kind: 'variable' as const, boost: 1 })),
        ...statements.map((label) => ({ label, kind: 'keyword' as const })),
      ],
    }
  }

const names = ['entityName', 'entityLabel', 'entityType']

/** What fits into `${…}` of a text: names of the entity, and the keys of the widget's data. */
export const markWords =
  (keys: readonly string[]): Suggest =>
  (text, at) => {
    const mark = /\$\{([^}\n]*)$/.exec(text.slice(Math.max(0, at - 200), at))
    if (!mark) return null
    const end = text.startsWith('}', at) ? '' : '}'
    return {
      from: at - (mark[1] ?? '').length,
      validFor: /^[^}]*$/,
      options: [...new Set([...keys, ...names])].map((label) => ({
        label,
        kind: names.includes(label) ? ('variable' as const) : ('property' as const),
        apply: `${label}${end}`,
      })),
    }
  }
