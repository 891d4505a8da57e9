/** Knows which methods a path has, to tell "no such path" from "not with this method". */
export const createPathIndex = () => {
  const methodsByPattern = new Map<string, { pattern: RegExp; methods: Set<string> }>()

  return {
    add: (url: string, method: string | readonly string[]): void => {
      const entry = methodsByPattern.get(url) ?? { pattern: toPattern(url), methods: new Set<string>() }
      for (const name of Array.isArray(method) ? method : [method]) entry.methods.add(name)
      methodsByPattern.set(url, entry)
    },
    methodsOf: (url: string): string[] => {
      const path = url.split('?', 1)[0] ?? ''
      const methods = new Set<string>()
      for (const entry of methodsByPattern.values())
        if (entry.pattern.test(path)) for (const method of entry.methods) methods.add(method)
      return [...methods]
    },
  }
}

const toPattern = (url: string): RegExp =>
  new RegExp(
    `^${url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[^\w-]/g, '\\$&')))
      .join('/')}$`,
  )
