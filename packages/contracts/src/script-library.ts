import { z } from 'zod'
import { idOf, typedId } from './ids.ts'
import { plainText } from './plain-text.ts'
import { scriptLanguages } from './rule-chain.ts'

/** In characters, as of a script. */
export const maxScriptLibraryBody = 50_000
export const maxScriptLibraries = 500

const nameForm = /^[A-Za-z_]\w*$/
const name = z
  .string({ error: 'Script library name should be specified!' })
  .trim()
  .min(1, 'Script library name should be specified!')
  .max(64, 'Validation error: name length must be equal or less than 64')
  .regex(nameForm, 'Script library name must begin with a letter and hold only letters, digits and _')
const language = z.enum(scriptLanguages, { error: 'Script library language should be JS or TBEL' })
const body = z
  .string({ error: 'Script library body should be specified!' })
  .max(maxScriptLibraryBody, `Script library body exceeds ${maxScriptLibraryBody} characters`)

/** Functions that the scripts of a tenant's rule nodes share; a script names them by `// @use name`. */
export const scriptLibrarySchema = z.object({
  id: typedId('SCRIPT_LIBRARY'),
  createdTime: z.number(),
  tenantId: typedId('TENANT'),
  name: z.string(),
  language: z.enum(scriptLanguages),
  description: z.string().nullable(),
  /** Declarations of functions, in the language of the library. */
  body: z.string(),
  version: z.number(),
})
export type ScriptLibrary = z.infer<typeof scriptLibrarySchema>

/** As lists have it: without the functions. */
export const scriptLibraryInfoSchema = scriptLibrarySchema.omit({ body: true })
export type ScriptLibraryInfo = z.infer<typeof scriptLibraryInfoSchema>

export const saveScriptLibrarySchema = z.object({
  id: idOf('SCRIPT_LIBRARY').nullish(),
  name,
  language,
  description: plainText('description', 1_024).nullish(),
  body,
  version: z.number().int().nullish(),
})
export type SaveScriptLibrary = z.infer<typeof saveScriptLibrarySchema>

/** What names a library: nodes whose script does, and other libraries. */
export const scriptLibraryUsageSchema = z.object({
  nodes: z.array(
    z.object({
      ruleChainId: typedId('RULE_CHAIN'),
      ruleChainName: z.string(),
      ruleNodeId: typedId('RULE_NODE'),
      ruleNodeName: z.string(),
    }),
  ),
  libraries: z.array(z.object({ id: typedId('SCRIPT_LIBRARY'), name: z.string() })),
})
export type ScriptLibraryUsage = z.infer<typeof scriptLibraryUsageSchema>

/** Where a rule chain file carries the libraries that its scripts use: a member of `additionalInfo`. */
export const scriptLibrariesMember = 'scriptLibraries'

export const carriedLibrarySchema = z.object({
  name,
  language,
  description: plainText('description', 1_024).nullish(),
  body,
})
export type CarriedLibrary = z.infer<typeof carriedLibrarySchema>
/** What became of a library of a file. `kept`: there is another one of the name, which stays. */
export const libraryImportSchema = z.object({
  name: z.string(),
  outcome: z.enum(['made', 'same', 'kept', 'refused']),
  problem: z.string().nullable(),
})
export type LibraryImport = z.infer<typeof libraryImportSchema>

export const carriedLibrariesSchema = z.array(carriedLibrarySchema).max(maxScriptLibraries)
