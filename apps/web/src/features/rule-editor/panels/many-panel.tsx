'use client'
import { Button } from '@thingwire/ui'
import { Bug, BugOff, CircleSlash, Group, Play, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { groupNodes } from '../canvas/grouping.ts'
import { usualLabel } from '../canvas/labels.ts'
import { findManifest } from '../catalogue.ts'
import type { DocNode } from '../model/document.ts'
import { all, changeNode, type Edit, removeNodes, removeNotes, removeWires } from '../model/edits.ts'
import { NodeIcon } from '../node-icon.tsx'
import type { Selection } from '../store/editor-store.ts'
import { useEditor, useEditorStore } from '../store/use-editor.ts'
import { PanelBody, PanelFrame, PanelSection } from './panel-frame.tsx'

/** Beyond these a list says nothing any more. */
const mostShown = 50

/** What is done to several nodes at once, each as one step. */
export const ManyPanel = ({ selection }: { selection: Selection }) => {
  const t = useTranslations('chainPanels.manyPanel')
  const panels = useTranslations('chainPanels')
  const store = useEditorStore()
  const known = useEditor(({ history }) => history.present.nodes)
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const nodes = [...selection.nodes].flatMap((id) => known[id] ?? [])
  return (
    <PanelFrame
      label={panels('many')}
      title={t('title', { count: nodes.length })}
      subtitle={t('more', { wires: selection.wires.size, notes: selection.notes.size })}
    >
      <PanelBody>
        {isReadOnly ? null : <Actions nodes={nodes} selection={selection} />}
        <PanelSection title={t('nodes')}>
          <ul className="-mx-2">
            {nodes.slice(0, mostShown).map((node) => {
              const manifest = findManifest(node.className)
              return (
                <li key={node.id}>
                  <button
                    type="button"
                    onClick={() => store.select({ nodes: new Set([node.id]) })}
                    className="flex min-h-11 w-full items-center gap-2.5 rounded-md px-2 text-left text-sm hover:bg-hover"
                  >
                    <NodeIcon node={{ icon: manifest?.icon ?? 'unknown', category: manifest?.category ?? 'unknown' }} />
                    <span className="min-w-0">
                      <span className="block truncate">{node.name}</span>
                      <span className="block truncate text-xs text-ink-3">{manifest?.name ?? node.className}</span>
                    </span>
                  </button>
                </li>
              )
            })}
          </ul>
          {nodes.length > mostShown ? (
            <p className="text-xs text-ink-3">{t('others', { count: nodes.length - mostShown })}</p>
          ) : null}
        </PanelSection>
      </PanelBody>
    </PanelFrame>
  )
}

const Actions = ({ nodes, selection }: { nodes: readonly DocNode[]; selection: Selection }) => {
  const t = useTranslations('chainPanels')
  const store = useEditorStore()
  const titleId = useId()
  const each = (change: (node: DocNode) => Partial<DocNode>): Edit =>
    all(...nodes.map((node) => changeNode(node.id, change(node))))
  const keep = (failuresEnabled: boolean) =>
    store.edit(
      'settings',
      each(({ debug }) => ({ debug: { ...debug, failuresEnabled } })),
    )
  const isDebugged = nodes.every(({ debug }) => debug.failuresEnabled)
  const isBypassed = nodes.every(({ bypass }) => bypass !== null)
  const remove = all(
    removeWires([...selection.wires]),
    removeNodes([...selection.nodes]),
    removeNotes([...selection.notes]),
  )
  const group = () => {
    const id = crypto.randomUUID()
    store.edit('group', groupNodes([...selection.nodes], id, t('groupPanel.untitled')))
    store.select({ notes: new Set([id]) })
  }
  return (
    <section aria-labelledby={titleId} className="flex flex-wrap gap-2">
      <h3 id={titleId} className="sr-only">
        {t('many')}
      </h3>
      {nodes.length > 0 ? (
        <>
          <Button onClick={() => keep(!isDebugged)}>
            {isDebugged ? <BugOff /> : <Bug />}
            {t(isDebugged ? 'manyPanel.noDebug' : 'manyPanel.debug')}
          </Button>
          <Button
            onClick={() =>
              store.edit(
                'bypass',
                each(({ className }) => ({ bypass: isBypassed ? null : { label: usualLabel(className) } })),
              )
            }
          >
            {isBypassed ? <Play /> : <CircleSlash />}
            {t(isBypassed ? 'manyPanel.noBypass' : 'manyPanel.bypass')}
          </Button>
          <Button onClick={group}>
            <Group />
            {t('manyPanel.group')}
          </Button>
        </>
      ) : null}
      <Button variant="ghost" className="text-danger-text" onClick={() => store.edit('remove', remove)}>
        <Trash2 />
        {t('manyPanel.delete')}
      </Button>
    </section>
  )
}
