import {
  AppError,
  type CarriedLibrary,
  carriedLibrariesSchema,
  type LibraryImport,
  type ScriptLibrary,
  scriptLibrariesMember,
} from '@thingwire/contracts'
import { type Database, scopeOf } from '@thingwire/db'
import { usedLibraries } from '@thingwire/rules'
import type { Caller } from '../auth/sign-in.ts'
import { librariesOfConfiguration } from './library-uses.ts'
import type { ScriptLibraryService } from './script-library-service.ts'

type Info = Record<string, unknown> | null

/** Libraries on their way with a rule chain file, under `additionalInfo.scriptLibraries`. */
export type CarriedLibraries = {
  /** The additional info of a chain for its file: with the libraries that its nodes use, those they use included. */
  pack(tenantId: string, info: Info, configurations: readonly unknown[]): Promise<Info>
  /**
   * Makes the libraries of a file that are not here; those that are stay as they are. Never fails because of them: what
   * became of each is told, with a warning for whoever has to look.
   */
  unpack(caller: Caller, info: Info | undefined): Promise<Unpacked>
}

/** `info`: what is left of it for the chain itself. */
export type Unpacked = { info: Info; libraries: LibraryImport[]; warnings: string[] }

export const createCarriedLibraries = (deps: {
  database: Pick<Database, 'scriptLibraries'>
  service: Pick<ScriptLibraryService, 'save'>
}): CarriedLibraries => {
  const store = deps.database.scriptLibraries

  /** One library, when all that it uses is there. */
  const takeIn = async (
    caller: Caller,
    given: CarriedLibrary,
    here: Map<string, ScriptLibrary>,
  ): Promise<LibraryImport> => {
    const { name } = given
    const existing = here.get(name)
    if (existing) {
      const isSame = existing.language === given.language && existing.body === given.body
      return { name, outcome: isSame ? 'same' : 'kept', problem: null }
    }
    try {
      here.set(name, await deps.service.save(caller, given))
      return { name, outcome: 'made', problem: null }
    } catch (error) {
      if (!(error instanceof AppError) || error.act !== 'caller') throw error
      return { name, outcome: 'refused', problem: error.message }
    }
  }

  return {
    pack: async (tenantId, info, configurations) => {
      const { [scriptLibrariesMember]: _, ...rest } = info ?? {}
      const found = new Map<string, ScriptLibrary>()
      let wanted = [...new Set(configurations.flatMap((one) => librariesOfConfiguration(one).names))]
      while (wanted.length > 0) {
        const more = await store.byNames(tenantId, wanted)
        for (const library of more) found.set(library.name, library)
        wanted = more.flatMap(({ body }) => usedLibraries(body)).filter((name) => !found.has(name))
      }
      if (found.size === 0) return info && scriptLibrariesMember in info ? rest : info
      const libraries = [...found.values()].map(({ name, language, description, body }) => ({
        ...{ name, language, description, body },
      }))
      return { ...rest, [scriptLibrariesMember]: libraries.sort((a, b) => (a.name < b.name ? -1 : 1)) }
    },

    unpack: async (caller, info) => {
      const { [scriptLibrariesMember]: carried, ...rest } = info ?? {}
      if (carried === undefined) return { info: info ?? null, libraries: [], warnings: [] }
      const parsed = carriedLibrariesSchema.safeParse(carried)
      if (!parsed.success) {
        const { path, message } = parsed.error.issues[0] ?? { path: [], message: '' }
        const where = [scriptLibrariesMember, ...path.map(String)].join('.')
        return {
          info: rest,
          libraries: [],
          warnings: [`The script libraries of the file are left out: ${where}: ${message}`],
        }
      }
      const given = inOrderOfUse(parsed.data)
      const names = given.map(({ name }) => name)
      const here = new Map((await store.byNames(scopeTenant(caller), names)).map((one) => [one.name, one]))
      const libraries: LibraryImport[] = []
      for (const one of given) libraries.push(await takeIn(caller, one, here))
      return { info: rest, libraries, warnings: libraries.flatMap(warningOf) }
    },
  }
}

const scopeTenant = (caller: Caller): string => {
  const scope = scopeOf(caller)
  if (scope.kind !== 'tenant') throw new AppError('PERMISSION_DENIED')
  return scope.tenantId
}

const warningOf = ({ name, outcome, problem }: LibraryImport): string[] => {
  if (outcome === 'kept')
    return [`Script library "${name}" is here already and differs from that of the file; it stays as it is.`]
  return outcome === 'refused' ? [`Script library "${name}" of the file cannot be made: ${problem}`] : []
}

/** Each once, and after those of the others that it uses; those in a circle come as they stand. */
const inOrderOfUse = (libraries: readonly CarriedLibrary[]): CarriedLibrary[] => {
  const byName = new Map(libraries.map((library) => [library.name, library]))
  const ordered = new Set<CarriedLibrary>()
  const begun = new Set<string>()
  const place = (name: string): void => {
    const library = byName.get(name)
    if (!library || begun.has(name)) return
    begun.add(name)
    for (const used of usedLibraries(library.body)) place(used)
    ordered.add(library)
  }
  for (const name of byName.keys()) place(name)
  return [...ordered]
}
