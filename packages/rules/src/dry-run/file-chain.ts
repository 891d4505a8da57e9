import { type ChainTest, chainTestsMember, chainTestsSchema } from '@thingwire/contracts'
import { type CompiledChain, compileChain } from '../compile-chain.ts'
import { importRuleChain } from '../import-chain.ts'
import type { NodeRegistry } from '../registry.ts'

export type FileChain =
  | { ok: true; chain: CompiledChain; tests: ChainTest[]; warnings: string[] }
  | { ok: false; problems: string[] }

/** A rule chain of a file, as if it had been imported under this id, and the tests that it carries. */
export const chainOfFile = (file: unknown, id: string, registry: NodeRegistry): FileChain => {
  const imported = importRuleChain(file, registry)
  if (!imported.ok) return imported
  const { ruleChain, metadata } = imported.file
  const tests = chainTestsOf(ruleChain.additionalInfo)
  if (!tests.ok) return tests
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
  return { ok: true, chain: compiled.chain, tests: tests.tests, warnings: imported.warnings }
}

/** The tests that a rule chain carries; none when it carries none. */
export const chainTestsOf = (
  additionalInfo: Record<string, unknown> | null | undefined,
): { ok: true; tests: ChainTest[] } | { ok: false; problems: string[] } => {
  const parsed = chainTestsSchema.safeParse(additionalInfo?.[chainTestsMember] ?? [])
  if (parsed.success) return { ok: true, tests: parsed.data }
  return { ok: false, problems: parsed.error.issues.map(({ path, message }) => `tests.${path.join('.')}: ${message}`) }
}
