'use client'
import { useQueryClient } from '@tanstack/react-query'
import { findWidget } from '@thingwire/widgets/manifests'
import { useRef, useState } from 'react'
import { saveDashboard } from '@/api/dashboards.ts'
import { entriesOf, type ImportEntry } from './import-entries.ts'
import { type AliasChoice, mapAliases } from './map-aliases.ts'

/** What came of one entry. */
type Outcome = { state: 'saving' } | { state: 'done'; dashboardId: string } | { state: 'refused'; reason: string }

const noChoices: ReadonlyMap<string, AliasChoice> = new Map()
const isKnown = (typeFullFqn: string) => findWidget(typeFullFqn) !== undefined
const largestBytes = 20 * 1024 * 1024
const nextFrame = () => new Promise<void>((resolve) => setTimeout(resolve))

/** Reads files, and stores the dashboards that a person has seen and chosen. */
export const useDashboardImport = () => {
  const client = useQueryClient()
  const [entries, setEntries] = useState<readonly ImportEntry[]>([])
  const [reading, setReading] = useState<string | null>(null)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  /** What aliases find instead, by entry. */
  const [mapped, setMapped] = useState<ReadonlyMap<string, ReadonlyMap<string, AliasChoice>>>(new Map())
  /** Counts beginnings: what an earlier reading finds is not shown after a new one. */
  const run = useRef(0)

  const read = async (files: readonly File[]) => {
    run.current += 1
    const mine = run.current
    setOutcomes(new Map())
    setLeft(new Set())
    setMapped(new Map())
    const found: ImportEntry[] = []
    for (const file of files) {
      setReading(file.name)
      // The name must be on the screen before a large file keeps the page busy.
      await nextFrame()
      found.push(...(await readFile(file)))
      if (mine !== run.current) return
    }
    setReading(null)
    setEntries(found.map((entry, index) => ({ ...entry, id: `${index} ${entry.id}` })))
  }

  const chosen = entries.flatMap((entry) => (entry.problem === null && !left.has(entry.id) ? [entry] : []))
  const save = async () => {
    const note = (id: string, outcome: Outcome) => setOutcomes((known) => new Map(known).set(id, outcome))
    for (const { id, dashboard, title } of chosen) {
      note(id, { state: 'saving' })
      try {
        const { configuration, image, mobileHide, mobileOrder, resources } = dashboard
        const made = { ...mapAliases(configuration, mapped.get(id) ?? noChoices) }
        const saved = await saveDashboard({ title, configuration: made, image, mobileHide, mobileOrder, resources })
        note(id, { state: 'done', dashboardId: saved.id.id })
      } catch (error) {
        note(id, { state: 'refused', reason: error instanceof Error ? error.message : String(error) })
      }
    }
    await client.invalidateQueries({ queryKey: ['dashboards'] })
  }
  const reset = () => {
    run.current += 1
    setEntries([])
    setReading(null)
    setLeft(new Set())
    setMapped(new Map())
    setOutcomes(new Map())
  }
  const mapAlias = (id: string, aliasId: string, choice: AliasChoice | null) =>
    setMapped((known) => {
      const others = [...(known.get(id) ?? noChoices)].filter(([one]) => one !== aliasId)
      return new Map(known).set(id, new Map(choice ? [...others, [aliasId, choice]] : others))
    })
  return {
    entries,
    reading,
    outcomes,
    chosen,
    isChosen: (id: string) => !left.has(id),
    choose: (id: string, isChosen: boolean) =>
      setLeft((known) => new Set(isChosen ? [...known].filter((one) => one !== id) : [...known, id])),
    choicesOf: (id: string) => mapped.get(id) ?? noChoices,
    mapAlias,
    read,
    save,
    reset,
  }
}
export type DashboardImport = ReturnType<typeof useDashboardImport>

const readFile = async (file: File): Promise<readonly ImportEntry[]> => {
  const { name: fileName, size } = file
  if (size > largestBytes) return [{ id: fileName, fileName, problem: { kind: 'tooLarge', size, limit: largestBytes } }]
  return entriesOf(fileName, await file.text(), isKnown)
}
