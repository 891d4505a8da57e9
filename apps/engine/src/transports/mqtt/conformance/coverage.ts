import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Clause, SpecificationVersion } from './clause.ts'
import { clauses3 } from './clauses-3.ts'
import { clauses5 } from './clauses-5.ts'
import { exceptions } from './exceptions.ts'

/** Where tests that carry tags are; relative to the engine's sources. */
const roots = ['transports/mqtt', 'topic-space']
const sources = join(import.meta.dirname, '../../..')

/** A test's name holds `[MQTT-3.1.2-14 v3]` or `[MQTT-3.1.2-12 v5]` for each statement that it shows. */
const tag = /\[MQTT-([\d.]+-\d+) v([35])\]/g

export type TagUse = { version: SpecificationVersion; id: string; file: string }

/** Every tag of every test. */
export const tagUses = (): readonly TagUse[] => {
  const uses: TagUse[] = []
  for (const root of roots)
    for (const name of readdirSync(join(sources, root), { recursive: true, encoding: 'utf8' }).toSorted()) {
      if (!name.endsWith('.test.ts')) continue
      const path = join(sources, root, name)
      for (const [, id = '', version] of readFileSync(path, 'utf8').matchAll(tag))
        uses.push({ id, version: version === '3' ? '3.1.1' : '5.0', file: relative(sources, path) })
    }
  return uses
}

export type ClauseState = Clause & {
  state: 'held' | 'differs' | 'no case' | 'not shown' | 'client'
  /** Files of the tests that show it. */
  files: readonly string[]
  reason: string | null
}

/** All statements of a specification with what is known of them. */
export const clauseStates = (version: SpecificationVersion, uses = tagUses()): readonly ClauseState[] =>
  (version === '3.1.1' ? clauses3 : clauses5).map((clause) => {
    const tagged = uses.filter((use) => use.version === version && use.id === clause.id).map(({ file }) => file)
    const files = [...new Set(tagged)]
    const exception = exceptions.find((one) => one.version === version && one.ids.includes(clause.id))
    if (files.length > 0) return { ...clause, state: 'held', files, reason: null }
    if (clause.party === 'client') return { ...clause, state: 'client', files, reason: null }
    return { ...clause, state: exception?.kind ?? 'not shown', files, reason: exception?.reason ?? null }
  })
