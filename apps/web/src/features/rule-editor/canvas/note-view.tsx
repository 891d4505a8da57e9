'use client'
import type { ChainColor } from '@thingwire/contracts'
import { cn } from '@thingwire/ui'
import { Handle, type NodeProps, NodeResizer, Position } from '@xyflow/react'
import { ChevronDown, ChevronRight } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { memo, useSyncExternalStore } from 'react'
import { useCanvas } from './canvas-context.ts'
import type { FrameFlowNode, NoteFlowNode } from './flow.ts'

const MarkdownView = dynamic(async () => (await import('../panels/markdown-view.tsx')).MarkdownView, { ssr: false })

const tones: Record<ChainColor, string> = {
  grey: '--tw-node-flow',
  blue: '--tw-series-1',
  green: '--tw-series-6',
  amber: '--tw-series-3',
  red: '--tw-series-5',
  violet: '--tw-node-external',
}
export const toneOf = (color: ChainColor | null): string => `var(${tones[color ?? 'amber']})`
const mix = (tone: string, percent: number, over: string) => `color-mix(in oklab, ${tone} ${percent}%, ${over})`

/** Which note is being written in; apart from the document, because it is nobody else's business. */
const useIsWriting = (id: string): boolean => {
  const { writing } = useCanvas()
  const get = () => writing.get() === id
  return useSyncExternalStore(writing.subscribe, get, get)
}

const Resizer = ({ selected, minHeight }: { selected: boolean; minHeight: number }) => {
  const { flow, isReadOnly } = useCanvas()
  return (
    <NodeResizer
      isVisible={selected && !isReadOnly()}
      minWidth={120}
      minHeight={minHeight}
      handleClassName="note-grip"
      lineClassName="note-line"
      onResizeEnd={flow.resized}
    />
  )
}

/** A text on the canvas. */
export const NoteView = memo(({ id, data: { note }, selected }: NodeProps<NoteFlowNode>) => {
  const t = useTranslations('chainCanvas')
  const isWriting = useIsWriting(id)
  const tone = toneOf(note.color)
  return (
    <>
      <Resizer selected={selected} minHeight={48} />
      <div
        className={cn('rule-box size-full overflow-hidden rounded-md border', selected && 'ring-2 ring-accent/30')}
        style={{ background: mix(tone, 11, 'var(--tw-surface)'), borderColor: mix(tone, 34, 'var(--tw-surface)') }}
      >
        {isWriting ? (
          <Writing id={id} label={t('note.text')} multiline className="size-full px-3 py-2" />
        ) : (
          <div className="px-3 py-2">
            {note.content.trim() === '' ? (
              <p className="text-xs text-ink-3">{t('emptyNote')}</p>
            ) : (
              <MarkdownView text={note.content} className="text-xs text-ink" />
            )}
          </div>
        )}
      </div>
    </>
  )
})
NoteView.displayName = 'NoteView'

/** The field in the place of the text. */
const Writing = (p: { id: string; label: string; multiline?: boolean; className?: string }) => {
  const t = useTranslations('chainCanvas')
  const { write, stopWriting, contentOf } = useCanvas()
  const shared = {
    'aria-label': p.label,
    ref: (field: HTMLElement | null) => field?.focus(),
    defaultValue: contentOf(p.id),
    className: cn(
      'nodrag nopan nowheel resize-none bg-transparent text-ink outline-none placeholder:text-ink-3',
      p.className,
    ),
    onChange: (event: { target: { value: string } }) => write(p.id, event.target.value),
    onBlur: () => stopWriting(false),
    onKeyDown: (event: React.KeyboardEvent) => {
      event.stopPropagation()
      if (event.key === 'Escape' || (event.key === 'Enter' && (!p.multiline || event.ctrlKey || event.metaKey))) {
        event.preventDefault()
        stopWriting(true)
      }
    },
  }
  return p.multiline ? (
    <textarea {...shared} placeholder={t('note.placeholder')} className={cn('text-xs', shared.className)} />
  ) : (
    <input {...shared} className={cn('text-xs font-medium', shared.className)} />
  )
}

/** A frame around nodes; collapsed it is one box. */
export const FrameView = memo(({ id, data: { note, members }, selected }: NodeProps<FrameFlowNode>) => {
  const t = useTranslations('chainCanvas')
  const { toggleGroup } = useCanvas()
  const isWriting = useIsWriting(id)
  const tone = toneOf(note.color)
  const isCollapsed = note.group?.collapsed === true
  const Chevron = isCollapsed ? ChevronRight : ChevronDown
  return (
    <>
      {isCollapsed ? null : <Resizer selected={selected} minHeight={80} />}
      <div
        className={cn(
          'rule-box relative size-full rounded-lg border',
          isCollapsed && 'frame-grip flex items-center shadow-card',
          selected && 'ring-2 ring-accent/30',
        )}
        style={{
          background: mix(tone, isCollapsed ? 12 : 5, isCollapsed ? 'var(--tw-surface)' : 'transparent'),
          borderColor: mix(tone, 45, 'var(--tw-surface)'),
        }}
      >
        {isCollapsed ? <Handle type="target" position={Position.Left} isConnectable={false} /> : null}
        <div
          className={cn(
            'frame-grip pointer-events-auto flex min-w-0 items-center gap-1 px-1.5',
            isCollapsed ? 'w-full' : 'h-8 rounded-t-lg',
          )}
        >
          <button
            type="button"
            tabIndex={-1}
            aria-label={isCollapsed ? t('group.expand') : t('group.collapse')}
            className="nodrag relative flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-2 before:absolute before:content-[''] hover:bg-hover pointer-coarse:before:-inset-2"
            onClick={(event) => {
              event.stopPropagation()
              toggleGroup(id)
            }}
          >
            <Chevron aria-hidden className="size-3.5" />
          </button>
          {isWriting ? (
            <Writing id={id} label={t('group.title')} className="h-6 min-w-0 flex-1" />
          ) : (
            <span className="min-w-0 truncate text-xs font-semibold text-ink">{note.content || t('noTitle')}</span>
          )}
          <span className="ml-auto shrink-0 pr-1.5 pl-2 text-2xs text-ink-2 tabular-nums">
            {t('group.nodes', { count: members })}
          </span>
        </div>
        {isCollapsed ? <Handle type="source" position={Position.Right} isConnectable={false} /> : null}
      </div>
    </>
  )
})
FrameView.displayName = 'FrameView'
