'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { EntityType, RuleChainImportResult } from '@thingwire/contracts'
import { useEffect, useRef, useState } from 'react'
import { importRuleChain, listRuleChains } from '@/api/rule-chains.ts'
import {
  findNamed,
  importChains,
  listScriptLibraries,
  type MappableType,
  mappableTypes,
} from '@/api/rule-chain-list.ts'
import { reportOn } from './chain-report.ts'
import { largestFileBytes, type Refusal, readChains } from './chain-source.ts'
import { type Choice, dataOf, type Entry, fileOf, type Tie, type Ties } from './plan.ts'

/** A file that was read, and what a person decides about it. */
export type Preview = {
  fileName: string
  entries: readonly Entry[]
  /** Things of the file that there are here. */
  here: Ties
  /** Why that could not be found out; null: it could. */
  lookUpProblem: string | null
  /** Script libraries that there are here. */
  libraries: ReadonlySet<string>
  /** Names that chains have here. */
  taken: ReadonlySet<string>
  ties: Ties
  isOverwriting: boolean
}

export type ImportState =
  | { at: 'choosing'; refused: Refusal | null; fileName: string }
  | { at: 'reading'; fileName: string; share: number }
  | { at: 'preview'; preview: Preview; isSaving: boolean; failed: string | null }
  | { at: 'done'; results: readonly RuleChainImportResult[] }

const fresh: ImportState = { at: 'choosing', refused: null, fileName: '' }

export const isMappable = (type: EntityType): type is MappableType =>
  mappableTypes.some((mappable) => mappable === type)

const nextFrame = () => new Promise<void>((resolve) => setTimeout(resolve))
const reason = (error: unknown) => (error instanceof Error ? error.message : String(error))
const withoutEnding = (name: string) => name.replace(/\.[^.]*$/, '')

/** Reads files, looks at what is in them, and stores what a person has seen and agreed to. */
export const useImport = (opened: (chainId: string, name: string) => void) => {
  const client = useQueryClient()
  const [state, setState] = useState<ImportState>(fresh)
  /** Counts what was begun: what an earlier reading finds is not shown after another was begun. */
  const run = useRef(0)
  useEffect(
    () => () => {
      run.current += 1
    },
    [],
  )

  const read = async (fileName: string, size: number, load: () => Promise<string>) => {
    run.current += 1
    const mine = run.current
    const show = (next: ImportState) => {
      if (mine === run.current) setState(next)
    }
    show({ at: 'reading', fileName, share: 0 })
    if (size > largestFileBytes) return show({ at: 'choosing', refused: { why: 'tooLarge', bytes: size }, fileName })
    const source = readChains(await load(), withoutEnding(fileName))
    if ('refused' in source) return show({ at: 'choosing', refused: source.refused, fileName })
    const entries: Entry[] = []
    const { chains } = source
    for (const chain of chains) {
      if (mine !== run.current) return
      const onProgress = (share: number) =>
        show({ at: 'reading', fileName, share: (entries.length + share) / chains.length })
      const report = await reportOn(chain, { onProgress, pause: nextFrame })
      entries.push({ source: chain, report, choice: { isIncluded: report.problems.length === 0, name: report.name } })
    }
    const found = await lookUp(entries)
    show({
      at: 'preview',
      preview: { fileName, entries, ...found, ties: new Map(), isOverwriting: false },
      isSaving: false,
      failed: null,
    })
  }

  const change = (edit: (preview: Preview) => Preview) =>
    setState((known) => (known.at === 'preview' ? { ...known, preview: edit(known.preview), failed: null } : known))

  const save = async (preview: Preview) => {
    const mine = run.current
    setState({ at: 'preview', preview, isSaving: true, failed: null })
    try {
      const results = await store(preview)
      await client.invalidateQueries({ queryKey: ['rule-chains'] })
      if (mine !== run.current) return
      const [only] = results
      if (results.length === 1 && only?.ruleChainId && !only.error) opened(only.ruleChainId.id, only.ruleChainName)
      else setState({ at: 'done', results })
    } catch (error) {
      if (mine === run.current) setState({ at: 'preview', preview, isSaving: false, failed: reason(error) })
    }
  }

  return {
    state,
    readFile: (file: File) => read(file.name, file.size, () => file.text()),
    readText: (text: string, name: string) => read(name, text.length, async () => text),
    choose: (index: number, choice: Partial<Choice>) =>
      change((preview) => ({
        ...preview,
        entries: preview.entries.map((entry, at) =>
          at === index ? { ...entry, choice: { ...entry.choice, ...choice } } : entry,
        ),
      })),
    tie: (id: string, to: Tie | null) =>
      change((preview) => {
        const ties = new Map(preview.ties)
        if (to) ties.set(id, to)
        else ties.delete(id)
        return { ...preview, ties }
      }),
    overwrite: (isOverwriting: boolean) => change((preview) => ({ ...preview, isOverwriting })),
    save,
    reset: () => {
      run.current += 1
      setState(fresh)
    },
  }
}
export type Import = ReturnType<typeof useImport>

/** How long a file waits for what the server knows about it. */
const patienceMs = 10_000

const silence = () =>
  new Promise<never>((_, reject) => setTimeout(() => reject(new Error('The server does not answer')), patienceMs))

/** What of all that the chains name there is here. That it cannot be found out does not keep a file from being seen. */
const lookUp = async (
  entries: readonly Entry[],
): Promise<Pick<Preview, 'here' | 'lookUpProblem' | 'libraries' | 'taken'>> => {
  const here = new Map<string, Tie>()
  const libraries = new Set<string>()
  const taken = new Set<string>()
  const references = entries.flatMap(({ report }) => report.references)
  const find = async () => {
    for (const { name } of (await listRuleChains({ page: 0, pageSize: 1_000 })).data) taken.add(name)
    for (const type of mappableTypes) {
      const ids = [...new Set(references.filter(({ entityType }) => entityType === type).map(({ id }) => id))]
      for (const one of await findNamed(type, ids)) here.set(one.id.toLowerCase(), one)
    }
    if (entries.some(({ report }) => report.libraries.length + report.namedLibraries.length > 0))
      for (const { name } of (await listScriptLibraries()).data) libraries.add(name)
  }
  try {
    await Promise.race([find(), silence()])
    return { here, libraries, taken, lookUpProblem: null }
  } catch (error) {
    return { here, libraries, taken, lookUpProblem: reason(error) }
  }
}

const store = async ({ entries, ties, isOverwriting }: Preview): Promise<readonly RuleChainImportResult[]> => {
  const chosen = entries.filter(({ choice }) => choice.isIncluded)
  const [only] = chosen
  if (!only || chosen.length > 1 || isOverwriting)
    return importChains(
      dataOf(chosen, ties, () => crypto.randomUUID()),
      isOverwriting,
    )
  const { ruleChain, warnings } = await importRuleChain(fileOf(only, ties))
  return [{ ruleChainId: ruleChain.id, ruleChainName: ruleChain.name, updated: false, error: null, warnings }]
}
