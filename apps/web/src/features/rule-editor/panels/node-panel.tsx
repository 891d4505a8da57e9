'use client'
import { professionalNodeName } from '@thingwire/rules'
import { CopyButton, TabPanel, Tabs } from '@thingwire/ui'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import dynamic from 'next/dynamic'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import type { ReactNode } from 'react'
import type { RuleChainView } from '@/api/rule-chains.ts'
import { findManifest, typeNameOf } from '../catalogue.ts'
import type { DocNode } from '../model/document.ts'
import { NodeIcon } from '../node-icon.tsx'
import { NodeSettings } from './node-settings.tsx'
import { extraTabs, type NodeTabId, nodeTabIds } from './node-tabs.ts'
import { PanelBody, PanelFrame } from './panel-frame.tsx'

// The Markdown reader and the texts are only wanted by who asks for help.
const NodeHelp = dynamic(async () => (await import('./node-help.tsx')).NodeHelp, { ssr: false })

/** The chosen node: what it does, what is set, what came through it, and how it is meant. */
export const NodePanel = ({ node, chain }: { node: DocNode; chain: RuleChainView }) => {
  const t = useTranslations('chainPanels')
  const [wanted, setTab] = useQueryState(
    'tab',
    parseAsStringLiteral(nodeTabIds).withDefault('settings').withOptions({ history: 'replace' }),
  )
  const manifest = findManifest(node.className)
  const offered = nodeTabIds.filter((id) => isOffered(id, manifest))
  const tab = offered.includes(wanted) ? wanted : 'settings'
  return (
    <PanelFrame
      label={t('node', { name: node.name })}
      icon={<NodeIcon node={{ icon: manifest?.icon ?? 'unknown', category: manifest?.category ?? 'unknown' }} />}
      title={node.name}
      subtitle={<Kind node={node} />}
    >
      <Tabs
        label={t('parts')}
        value={tab}
        onChange={(next) => void setTab(nodeTabIds.find((id) => id === next) ?? 'settings')}
        tabs={offered.map((id) => ({ value: id, label: t(`tab.${id}`) }))}
        className="flex-1 [&>[role=tablist]]:px-4"
      >
        <Part id="settings">
          <PanelBody>
            <Trouble node={node} />
            <NodeSettings key={node.id} node={node} />
          </PanelBody>
        </Part>
        {offered.map((id) => {
          const Tab = extraTabs[id]?.Tab
          return Tab ? (
            <Part key={id} id={id}>
              <Tab key={node.id} node={node} chain={chain} />
            </Part>
          ) : null
        })}
        <Part id="help">
          <NodeHelp type={manifest?.type ?? null} />
        </Part>
      </Tabs>
    </PanelFrame>
  )
}

const isOffered = (id: NodeTabId, manifest: ReturnType<typeof findManifest>): boolean => {
  if (id === 'settings') return true
  if (id === 'help') return manifest !== undefined
  const extra = extraTabs[id]
  return extra !== undefined && (extra.isFor?.(manifest) ?? true)
}

const Part = ({ id, children }: { id: NodeTabId; children: ReactNode }) => (
  <TabPanel value={id} className="flex flex-col data-[state=inactive]:hidden">
    {children}
  </TabPanel>
)

const Kind = ({ node }: { node: DocNode }) => {
  const t = useTranslations('chainPanels')
  const words = useTranslations('ruleChain')
  const manifest = findManifest(node.className)
  return (
    <p className="flex flex-wrap items-center gap-x-1.5">
      <span>{typeNameOf(node.className)}</span>
      <span aria-hidden>·</span>
      <span>{words(`category.${manifest?.category ?? 'unknown'}`)}</span>
      <span aria-hidden>·</span>
      <span className="flex items-center tabular-nums">
        {node.no === undefined ? null : t('number', { number: node.no })}
        <CopyButton
          text={node.id}
          labels={{ copy: t('copyNumber'), copied: t('copied') }}
          className="-my-1 ml-0.5 size-5 pointer-coarse:-my-2.5"
        />
      </span>
    </p>
  )
}

const Trouble = ({ node }: { node: DocNode }) => {
  const t = useTranslations('chainPanels')
  const manifest = findManifest(node.className)
  if (manifest && !manifest.needs) return null
  const unknown = professionalNodeName(node.className) === undefined ? 'unknownNode' : 'professionalNode'
  return (
    <div className="flex gap-2.5 rounded-md bg-warn-soft p-3 text-xs text-warn-text">
      <TriangleAlert aria-hidden className="size-4 shrink-0" />
      <p>{manifest?.needs ? t('needs', { part: manifest.needs }) : t(unknown)}</p>
    </div>
  )
}
