import {
  type CarriedLibrary,
  type ChainTest,
  carriedLibrariesSchema,
  chainTestsMember,
  chainTestsSchema,
  scriptLibrariesMember,
} from '@thingwire/contracts'
import type { z } from 'zod'
import { type CompiledChain, compileChain } from '../compile-chain.ts'
import { importRuleChain } from '../import-chain.ts'
import type { NodeRegistry } from '../registry.ts'

export type FileChain =
  | { ok: true; chain: CompiledChain; tests: ChainTest[]; libraries: CarriedLibrary[]; warnings: string[] }
  | { ok: false; problems: string[] }

/** A rule chain of a file, as if it had been imported under this id, and the tests and script libraries that it carries. */
export const chainOfFile = (file: unknown, id: string, registry: NodeRegistry): FileChain => {
  const imported = importRuleChain(file, registry)
  if (!imported.ok) return imported
  const { ruleChain, metadata } = imported.file
  const tests = chainTestsOf(ruleChain.additionalInfo)
  if (!tests.ok) return tests
  const libraries = parsedMember(ruleChain.additionalInfo, scriptLibrariesMember, carriedLibrariesSchema)
  if (!libraries.ok) return libraries
  const compiled = compileChain(
    {
      id,
      name: ruleChain.name,
      type: ruleChain.type,
      version: 1,
      additionalInfo: ruleChain.additionalInfo ?? null,
      firstNodeIndex: metadata.firstNodeIndex ?? null,
      nodes: metadata.nodes.map((node, index) => ({ ...node, id: `${id}/${index}` })),
      connections: metadata.connections,
    },
    registry,
  )
  if (!compiled.ok) return compiled
  const { chain } = compiled
  return { ok: true, chain, tests: tests.tests, libraries: libraries.value, warnings: imported.warnings }
}

/** The tests that a rule chain carries; none when it carries none. */
export const chainTestsOf = (
  additionalInfo: Record<string, unknown> | null | undefined,
): { ok: true; tests: ChainTest[] } | { ok: false; problems: string[] } => {
  const parsed = parsedMember(additionalInfo, chainTestsMember, chainTestsSchema)
  return parsed.ok ? { ok: true, tests: parsed.value } : parsed
}

/** A list of the additional info; empty when there is none. */
const parsedMember = <T>(
  additionalInfo: Record<string, unknown> | null | undefined,
  member: string,
  schema: z.ZodType<T>,
): { ok: true; value: T } | { ok: false; problems: string[] } => {
  const parsed = schema.safeParse(additionalInfo?.[member] ?? [])
  if (parsed.success) return { ok: true, value: parsed.data }
  return {
    ok: false,
    problems: parsed.error.issues.map(({ path, message }) => `${member}.${path.join('.')}: ${message}`),
  }
}
