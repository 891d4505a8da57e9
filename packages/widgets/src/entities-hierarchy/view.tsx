'use client'
import { SearchInput } from '@thingwire/ui'
import { ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import type { z } from 'zod'
import { contentWords } from '../engines/content/content-words.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { ProblemMark } from '../style/ground.tsx'
import { WidgetIcon } from '../style/icons.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import { keyStep } from './keys.ts'
import type { entitiesHierarchySettingsSchema } from './manifest.ts'
import { nodeContext } from './node.ts'
import type { TreeRow } from './tree.ts'
import { useTree } from './use-tree.ts'

type Settings = z.infer<typeof entitiesHierarchySettingsSchema>

const request = { datasource: 0, page: 0, pageSize: 100, search: '', sort: null }

/** Less than this is all for the tree. */
const leastWithSearch = { width: 160, height: 130 }

export const EntitiesHierarchy = ({ state, settings, title, texts, size }: WidgetViewProps<Settings>) => {
  const [search, setSearch] = useState('')
  const { entities, actions } = useWidgetHost()
  const words = useWords('content', contentWords)
  const page = entities.usePage(request)
  const rows = page.status === 'ready' ? page.rows : null
  // A root is the same as long as its entities and values are; live answers come as new lists.
  const rootsKey = rows && JSON.stringify(rows.map((row) => [row.entity, [...row.values]]))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the rows
  const roots = useMemo(() => rows, [rootsKey])
  const tree = useTree(roots, settings, search)
  const [selected, setSelected] = useState<string | null>(null)
  const [focused, setFocused] = useState<string | null>(null)
  if (state.status !== 'ready') return <WidgetNotice state={state} />
  if (page.status !== 'ready') return <WidgetNotice state={page} />
  if (page.rows.length === 0) return <WidgetNotice state={{ status: 'empty', reason: words('noEntities') }} />
  if (!tree.isReady) return <WidgetNotice state={{ status: 'loading' }} />

  const hasSearch =
    settings.enableSearch && size.width >= leastWithSearch.width && size.height >= leastWithSearch.height
  const [action] = actions.of('nodeSelected')
  const select = (row: TreeRow & { kind: 'node' }, anchor: Element | null) => {
    if (row.look.isDisabled) return
    setSelected(row.key)
    if (action) actions.run(action, { entity: row.node.entity, anchor, params: { nodeCtx: nodeContext(row.node) } })
  }
  const current = tree.rows.some((row) => row.key === focused) ? focused : tree.rows[0]?.key
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = keyStep(event.key, tree.rows, current ?? null)
    if (!step) return
    event.preventDefault()
    if (step.type === 'open') tree.setOpen(step.key, step.isOpen)
    else if (step.type === 'activate') event.currentTarget.querySelector<HTMLElement>('[data-current=true]')?.click()
    else {
      setFocused(step.key)
      event.currentTarget.querySelector<HTMLElement>(`[data-row="${CSS.escape(step.key)}"]`)?.focus()
    }
  }
  return (
    <div className="relative flex size-full flex-col">
      {hasSearch ? (
        <div className="shrink-0 px-2 pt-1 pb-1.5">
          <SearchInput
            aria-label={words('searchTree')}
            placeholder={words('searchTree')}
            title={words('searchTreeHint')}
            value={search}
            maxLength={255}
            onChange={({ target }) => setSearch(target.value)}
            className="h-8 w-full"
          />
        </div>
      ) : null}
      {search.trim() !== '' && tree.rows.length === 0 ? (
        <p role="status" className="p-4 text-center text-xs text-ink-3">
          {words('noneInTree')}
        </p>
      ) : null}
      <div role="tree" aria-label={title} className="min-h-0 flex-1 overflow-auto p-1" onKeyDown={onKeyDown}>
        {tree.rows.map((row) =>
          row.kind === 'node' ? (
            <NodeRow
              key={row.key}
              row={row}
              isCurrent={row.key === current}
              isSelected={row.key === selected}
              onFocus={() => setFocused(row.key)}
              onToggle={() => tree.setOpen(row.key, !row.isOpen)}
              onSelect={(anchor) => select(row, anchor)}
            />
          ) : (
            <div
              key={row.key}
              role="treeitem"
              aria-level={row.level}
              tabIndex={row.key === current ? 0 : -1}
              data-row={row.key}
              data-current={row.key === current}
              className="flex cursor-pointer items-center gap-2 rounded-md py-1 pr-2 text-xs hover:bg-hover"
              style={{ paddingLeft: indent(row.level) + 22 }}
              onFocus={() => setFocused(row.key)}
              onClick={() => tree.loadMore(row.parent)}
              onKeyDown={() => {}}
            >
              {row.problem ? <span className="text-danger-text">{row.problem}</span> : null}
              <span className="font-medium text-accent-text">{row.problem ? texts.retry : words('moreEntities')}</span>
            </div>
          ),
        )}
      </div>
      {tree.problem ? <ProblemMark problem={tree.problem} /> : null}
    </div>
  )
}

const indent = (level: number) => 4 + (level - 1) * 18

const NodeRow = (p: {
  row: TreeRow & { kind: 'node' }
  isCurrent: boolean
  isSelected: boolean
  onFocus: () => void
  onToggle: () => void
  onSelect: (anchor: Element) => void
}) => {
  const { row } = p
  const { look } = row
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the tree's
    <div
      role="treeitem"
      aria-level={row.node.level}
      aria-selected={p.isSelected}
      aria-disabled={look.isDisabled || undefined}
      aria-busy={row.isLoading || undefined}
      {...(row.canOpen ? { 'aria-expanded': row.isOpen } : {})}
      tabIndex={p.isCurrent ? 0 : -1}
      data-row={row.key}
      data-current={p.isCurrent}
      className={`flex cursor-default items-center gap-1 rounded-md py-1 pr-2 text-sm select-none hover:bg-hover max-sm:min-h-11 ${p.isSelected ? 'bg-accent-soft font-medium' : ''} ${look.isDisabled ? 'text-ink-3' : ''}`}
      style={{ paddingLeft: indent(row.node.level) }}
      onFocus={p.onFocus}
      onClick={(event) => p.onSelect(event.currentTarget)}
    >
      <span
        aria-hidden
        className="grid size-5 shrink-0 place-items-center text-ink-3"
        onClick={(event) => {
          if (!row.canOpen) return
          event.stopPropagation()
          p.onToggle()
        }}
      >
        {row.canOpen ? (
          <ChevronRight
            className={`size-4 transition-transform duration-100 motion-reduce:transition-none ${row.isOpen ? 'rotate-90' : ''} ${row.isLoading ? 'animate-pulse' : ''}`}
          />
        ) : null}
      </span>
      <WidgetIcon name={look.icon} size={16} className="text-ink-3" />
      <span className="min-w-0 truncate">{look.text}</span>
    </div>
  )
}
