'use client'
import { setMember } from '@thingwire/dashboards/edit'
import { Skeleton } from '@thingwire/ui'
import type { WidgetManifest } from '@thingwire/widgets/manifests'
import { type FoundSymbol, findChosen, type SymbolFile, symbolProperties } from '@thingwire/widgets/symbols'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useState } from 'react'
import { z } from 'zod'
import { readStoredText } from '../../host/stored-text.ts'
import { Section } from '../panel/parts/section.tsx'
import { SettingsFields } from '../panel/settings/settings-fields.tsx'
import { type Json, jsonOf } from '../side/json.ts'
import { useEditorStore } from '../store/use-editor.ts'
import { BehaviorList } from './behavior-list.tsx'
import { PropertyList } from './property-list.tsx'
import { SymbolChoice } from './symbol-choice.tsx'

const root = ['config', 'settings'] as const
const ownParts = {
  symbol: true,
  scadaSymbolUrl: true,
  scadaSymbolContent: true,
  scadaSymbolObjectSettings: true,
} as const

/** What can be set about a symbol: which one it is, what it reads and does, and how it looks, as its file says. */
export const SymbolSettings = (p: { id: string; settings: Json; manifest: WidgetManifest }) => {
  const t = useTranslations('symbolForm')
  const store = useEditorStore()
  const found = useFound(p.settings)
  const set = (path: readonly string[], value: unknown) => store.run(setMember(p.id, [...root, ...path], value))
  const stored = jsonOf(p.settings.scadaSymbolObjectSettings)
  const others = useMemo(
    () => (p.manifest.settings instanceof z.ZodObject ? p.manifest.settings.omit(ownParts) : p.manifest.settings),
    [p.manifest],
  )
  return (
    <>
      <SymbolChoice
        found={found}
        onChoose={(chosen) => store.run(setMember(p.id, [...root], { ...withoutChoice(p.settings), ...chosen }))}
      />
      {found === null ? <Skeleton className="mt-4 h-40" /> : null}
      {found?.kind === 'symbol' ? (
        <Parts
          symbol={found.symbol}
          behavior={jsonOf(stored.behavior)}
          properties={jsonOf(stored.properties)}
          set={(path, value) => set(['scadaSymbolObjectSettings', ...path], value)}
        />
      ) : null}
      <Section title={t('card')} isOpen={false}>
        <SettingsFields id={p.id} path={root} schema={others} value={p.settings} />
      </Section>
    </>
  )
}

const Parts = (p: {
  symbol: SymbolFile
  behavior: Json
  properties: Json
  set: (path: readonly string[], value: unknown) => void
}) => {
  const t = useTranslations('symbolForm')
  const { behavior, properties } = p.symbol.metadata
  const values = symbolProperties(p.symbol.metadata, { properties: p.properties })
  return (
    <>
      {behavior.length > 0 ? (
        <Section title={t('behavior')} hint={t('behaviorHint')}>
          <BehaviorList
            behavior={behavior}
            stored={p.behavior}
            onChange={(id, value) => p.set(['behavior', id], value)}
          />
        </Section>
      ) : null}
      {properties.length > 0 ? (
        <Section title={t('look')}>
          <PropertyList
            properties={properties}
            values={values}
            stored={p.properties}
            hasPaints={!p.symbol.hasCode}
            onChange={(id, value) => p.set(['properties', id], value)}
          />
        </Section>
      ) : null}
    </>
  )
}

const withoutChoice = ({ symbol: _, scadaSymbolUrl: _url, scadaSymbolContent: _content, ...rest }: Json): Json => rest

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The symbol of the settings; null while its file is read. */
const useFound = (settings: Json): FoundSymbol | null => {
  const symbol = textOf(settings.symbol)
  const scadaSymbolUrl = textOf(settings.scadaSymbolUrl) || null
  const scadaSymbolContent = textOf(settings.scadaSymbolContent) || null
  const [read, setRead] = useState<{ of: unknown; found: FoundSymbol } | null>(null)
  const chosen = useMemo(
    () => ({ symbol, scadaSymbolUrl, scadaSymbolContent }),
    [symbol, scadaSymbolUrl, scadaSymbolContent],
  )
  useEffect(() => {
    let isGone = false
    void findChosen(chosen, readStoredText).then((found) => {
      if (!isGone) setRead({ of: chosen, found })
    })
    return () => {
      isGone = true
    }
  }, [chosen])
  return read?.of === chosen ? read.found : null
}
