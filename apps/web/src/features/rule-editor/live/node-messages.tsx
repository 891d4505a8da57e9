'use client'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { RuleChainView } from '@/api/rule-chains.ts'
import { findManifest } from '../catalogue.ts'
import type { DocNode } from '../model/document.ts'
import { PanelBody } from '../panels/panel-frame.tsx'
import { useEditor } from '../store/use-editor.ts'
import { MessageList } from './message-list.tsx'
import { NotPublished } from './not-published.tsx'
import { useSamples } from './use-samples.ts'

type Props = { node: DocNode; chain: RuleChainView }

/** What lately came to a node of the running chain, and left it. */
export const NodeMessages = ({ node, chain }: Props) => {
  const isThere = useEditor(({ published }) => published.nodes[node.id] !== undefined)
  return <PanelBody>{isThere ? <Messages node={node} chain={chain} /> : <NotPublished />}</PanelBody>
}

const incoming = ''

const Messages = ({ node, chain }: Props) => {
  const t = useTranslations('chainLive')
  const [place, setPlace] = useState(incoming)
  const wired = useEditor(({ history }) =>
    Object.values(history.present.wires)
      .flatMap(({ from, labels }) => (from === node.id ? labels : []))
      .join('\n'),
  )
  const samples = useSamples(chain.id.id, node.id, place === incoming ? null : [place])
  const manifest = findManifest(node.className)
  const declared = manifest && manifest.connections !== 'custom' ? manifest.connections : []
  const labels = [...new Set([...wired.split('\n').filter(Boolean), ...declared, 'Failure'])]
  return (
    <>
      <Field label={t('messages.place')}>
        <Select value={place} onChange={({ target }) => setPlace(target.value)}>
          <option value={incoming}>{t('messages.in')}</option>
          {labels.map((label) => (
            <option key={label} value={label}>
              {t('messages.out', { label })}
            </option>
          ))}
        </Select>
      </Field>
      <MessageList samples={samples} nodeId={node.id} />
    </>
  )
}
