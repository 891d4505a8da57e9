import type { ScriptLanguage } from '@thingwire/contracts'
import { scriptLimits, type ScriptLibrarySource } from './script.ts'

/** A library of a tenant, as far as scripts care. */
export type FoundLibrary = ScriptLibrarySource & { language: ScriptLanguage }

const leading = /^(?:[^\S\n]*(?:\/\/[^\n]*)?(?:\n|$))*/
const useLine = /^[^\S\n]*\/\/[^\S\n]*@use\b([^\n]*)$/gm

/** The libraries that a script or a library asks for, by `// @use name, name` lines among its first comments; each once. */
export const usedLibraries = (body: string): string[] => {
  if (!body.includes('@use')) return []
  const names = [...(leading.exec(body)?.[0] ?? '').matchAll(useLine)].flatMap(([, list = '']) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  )
  return [...new Set(names)]
}

export type ResolvedLibraries = { ok: true; libraries: ScriptLibrarySource[] } | { ok: false; problem: string }

/** By one script, those that its libraries use included. */
const maxUsed = 50

const languageNames: Record<ScriptLanguage, string> = { JS: 'JavaScript', TBEL: 'TBEL' }

/**
 * The libraries that `names` stand for, with those that they use themselves, each after what it uses. A problem is for
 * whoever wrote the script. Rejects as `find` does.
 */
export const resolveLibraries = async (
  language: ScriptLanguage,
  names: readonly string[],
  find: (names: readonly string[]) => Promise<readonly FoundLibrary[]>,
): Promise<ResolvedLibraries> => {
  const known = new Map<string, FoundLibrary>()
  let wanted = [...names]
  while (wanted.length > 0) {
    if (known.size + wanted.length > maxUsed) return refused(`A script uses ${maxUsed} libraries at most`)
    const found = new Map((await find(wanted)).map((library) => [library.name, library]))
    for (const name of wanted) {
      const library = found.get(name)
      if (!library) return refused(`There is no script library "${name}"${neededBy(name, known)}`)
      if (library.language !== language)
        return refused(
          `Script library "${name}" is in ${languageNames[library.language]} and cannot be used from ${languageNames[language]}`,
        )
      known.set(name, library)
    }
    if (sizeOf(known.values()) > scriptLimits.libraries)
      return refused(`The script libraries exceed ${scriptLimits.libraries} characters together`)
    wanted = [...new Set([...found.values()].flatMap(({ body }) => usedLibraries(body)))].filter(
      (name) => !known.has(name),
    )
  }
  return ordered(names, known)
}

const refused = (problem: string) => ({ ok: false, problem }) as const

const neededBy = (name: string, known: ReadonlyMap<string, FoundLibrary>): string => {
  const user = [...known.values()].find(({ body }) => usedLibraries(body).includes(name))
  return user ? `, which library "${user.name}" uses` : ''
}

const sizeOf = (libraries: Iterable<ScriptLibrarySource>): number => {
  let size = 0
  for (const { body } of libraries) size += body.length
  return size
}

const ordered = (names: readonly string[], known: ReadonlyMap<string, FoundLibrary>): ResolvedLibraries => {
  const libraries: ScriptLibrarySource[] = []
  const done = new Set<string>()
  const place = (name: string, path: readonly string[]): string[] | null => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name]
    const library = known.get(name)
    if (!library || done.has(name)) return null
    for (const used of usedLibraries(library.body)) {
      const circle = place(used, [...path, name])
      if (circle) return circle
    }
    done.add(name)
    libraries.push({ name, body: library.body })
    return null
  }
  for (const name of names) {
    const circle = place(name, [])
    if (circle) return refused(`Script libraries use each other in a circle: ${circle.join(' → ')}`)
  }
  return { ok: true, libraries }
}
