import { libraryFunctions } from './library-functions.ts'
import { importedFunctions, type LibraryTranslation, type Translation } from './sandbox-program.ts'
import type { ScriptSource } from './script.ts'

/** What knows the languages. A text instead of a result says what is wrong, with the line. */
export type Compilers = {
  /** Why this is no body of a function in JavaScript; null: it is one. */
  functionProblem(body: string, argNames: readonly string[]): string | null
  /** Why this is no program in JavaScript; null: it is one. */
  programProblem(text: string): string | null
  tbelScript(body: string, argNames: readonly string[], imports: readonly string[]): { js: string } | string
  tbelLibrary(body: string, imports: readonly string[]): { js: string; functions: readonly string[] } | string
  tbelRuntime: string
}

export type Translated = { ok: true; translation: Translation } | { ok: false; problem: string }

const wrong = (problem: string) => ({ ok: false, problem }) as const

/** Compiles a script with its libraries; what is wrong is told with the library and the line in which it stands. */
export const translateScript = (source: ScriptSource, compilers: Compilers): Translated => {
  const libraries: LibraryTranslation[] = []
  for (const { name, body } of source.libraries ?? []) {
    const imported = importedFunctions(body, libraries)
    if (!imported.ok) return wrong(`Library ${name}: ${imported.problem}`)
    const library = libraryOf(source, body, [...imported.functions.keys()], compilers)
    if (typeof library === 'string') return wrong(`Library ${name}: ${library}`)
    libraries.push({ name, ...library })
  }
  const imported = importedFunctions(source.body, libraries)
  if (!imported.ok) return imported
  if (source.language === 'JS') {
    const problem = compilers.functionProblem(source.body, source.argNames)
    return problem === null ? { ok: true, translation: { tbel: null, libraries } } : wrong(problem)
  }
  const script = compilers.tbelScript(source.body, source.argNames, [...imported.functions.keys()])
  if (typeof script === 'string') return wrong(script)
  return { ok: true, translation: { tbel: { js: script.js, runtime: compilers.tbelRuntime }, libraries } }
}

const libraryOf = (
  { language }: ScriptSource,
  body: string,
  imports: readonly string[],
  compilers: Compilers,
): Omit<LibraryTranslation, 'name'> | string => {
  if (language === 'TBEL') return compilers.tbelLibrary(body, imports)
  const found = libraryFunctions(body, compilers.programProblem)
  return found.ok ? found : found.problem
}
