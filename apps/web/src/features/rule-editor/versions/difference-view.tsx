'use client'
import type { MemberChange } from '@thingwire/editing'
import { Badge, cn } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { typeNameOf } from '../catalogue.ts'
import { type Changed, diffDocuments } from '../model/diff.ts'
import type { ChainDocument, DocNode, DocNote, DocWire } from '../model/document.ts'
import { asText } from '../../drafts/as-text.ts'
import { DifferenceDrawing } from './difference-drawing.tsx'
import { TextDifference } from './text-difference.tsx'
import { useMemberName } from './use-member-name.ts'

type Kind = 'added' | 'removed' | 'changed'
const tones = { added: 'ok', removed: 'danger', changed: 'warn' } as const

/** What makes one state of a chain another: nodes, wires, notes, the entry, tests, and each setting with both values. */
export const DifferenceView = ({ before, after }: { before: ChainDocument; after: ChainDocument }) => {
  const t = useTranslations('chainVersions')
  const difference = useMemo(() => diffDocuments(before, after), [before, after])
  const { nodes, wires, notes, entry, tests, moved, count } = difference
  const nameOf = (id: string | null) => (id === null ? '—' : (after.nodes[id] ?? before.nodes[id])?.name || '—')
  const ends = ({ from, to }: DocWire) => `${nameOf(from)} → ${nameOf(to)}`
  if (count === 0 && moved.length === 0) return <p className="text-sm text-ink-3">{t('noDifference')}</p>
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <DifferenceDrawing before={before} after={after} difference={difference} />
      <Group title={t('nodes')}>
        {nodes.added.map((node) => (
          <Row key={node.id} kind="added" name={node.name} detail={typeOf(node)} />
        ))}
        {nodes.changed.map((one) => (
          <ChangedNode key={one.after.id} {...one} />
        ))}
        {nodes.removed.map((node) => (
          <Row key={node.id} kind="removed" name={node.name} detail={typeOf(node)} />
        ))}
      </Group>
      <Group title={t('wires')}>
        {wires.added.map((wire) => (
          <Row key={ends(wire)} kind="added" name={ends(wire)} detail={wire.labels.join(', ')} />
        ))}
        {wires.changed.map(({ after: wire, added, removed }) => (
          <Row
            key={ends(wire)}
            kind="changed"
            name={ends(wire)}
            detail={[...added.map((label) => `+ ${label}`), ...removed.map((label) => `− ${label}`)].join(', ')}
          />
        ))}
        {wires.removed.map((wire) => (
          <Row key={ends(wire)} kind="removed" name={ends(wire)} detail={wire.labels.join(', ')} />
        ))}
      </Group>
      <Group title={t('others')}>
        {entry ? (
          <Row kind="changed" name={t('entry')} detail={`${nameOf(entry.before)} → ${nameOf(entry.after)}`} />
        ) : null}
        {notes.added.map((note) => (
          <Row key={note.id} kind="added" name={kindOf(note, t)} detail={firstLine(note)} />
        ))}
        {notes.changed.map(({ after: note }) => (
          <Row key={note.id} kind="changed" name={kindOf(note, t)} detail={firstLine(note)} />
        ))}
        {notes.removed.map((note) => (
          <Row key={note.id} kind="removed" name={kindOf(note, t)} detail={firstLine(note)} />
        ))}
        {tests.added.map(({ name }) => (
          <Row key={name} kind="added" name={t('test')} detail={name} />
        ))}
        {tests.changed.map(({ after: { name } }) => (
          <Row key={name} kind="changed" name={t('test')} detail={name} />
        ))}
        {tests.removed.map(({ name }) => (
          <Row key={name} kind="removed" name={t('test')} detail={name} />
        ))}
        {moved.length > 0 ? <Row kind="changed" name={t('moved', { count: moved.length })} detail="" /> : null}
      </Group>
    </div>
  )
}

const typeOf = ({ className }: DocNode) => typeNameOf(className)
const firstLine = ({ content }: DocNote) => content.split('\n')[0] ?? ''
const kindOf = ({ group }: DocNote, t: ReturnType<typeof useTranslations<'chainVersions'>>) =>
  group ? t('group') : t('aNote')

/** Nothing at all when it has no rows. */
const Group = ({ title, children }: { title: string; children: React.ReactNode[] | React.ReactNode }) => {
  const rows = [children].flat(2).filter((one) => one !== null && one !== undefined && one !== false)
  if (rows.length === 0) return null
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-ink-3">{title}</h3>
      <ul className="divide-y rounded-md border">{rows}</ul>
    </section>
  )
}

const Row = (p: { kind: Kind; name: string; detail: string; children?: React.ReactNode }) => {
  const t = useTranslations('chainVersions')
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-2 px-3 py-2">
      <div className="flex items-baseline gap-2.5 text-sm">
        <Badge tone={tones[p.kind]} className="w-18 justify-center">
          {t(`kinds.${p.kind}`)}
        </Badge>
        <span className={cn('min-w-0 truncate', p.kind === 'removed' && 'line-through')}>{p.name || '—'}</span>
        <span className="ml-auto min-w-0 truncate text-xs text-ink-3">{p.detail}</span>
      </div>
      {p.children}
    </li>
  )
}

const ChangedNode = ({ after, members }: Changed<DocNode>) => (
  <Row kind="changed" name={after.name} detail={typeOf(after)}>
    <dl className="grid gap-2 pl-21">
      {members.map((member) => (
        <Member key={member.path.join('/')} className={after.className} member={member} />
      ))}
    </dl>
  </Row>
)

const Member = ({ className, member: { path, before, after } }: { className: string; member: MemberChange }) => {
  const t = useTranslations('chainVersions')
  const name = useMemberName()(className, path)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <dt className="text-xs text-ink-3">{name}</dt>
      {isLong(before) && isLong(after) ? (
        <dd>
          <TextDifference before={before} after={after} labels={{ before: t('before'), after: t('after') }} />
        </dd>
      ) : (
        <dd className="grid gap-1 sm:grid-cols-2">
          <Value label={t('before')} tone="bg-danger-soft" value={before} />
          <Value label={t('after')} tone="bg-ok-soft" value={after} />
        </dd>
      )}
    </div>
  )
}

/** Scripts, templates: what is read line by line. */
const isLong = (value: unknown): value is string => typeof value === 'string' && value.includes('\n')

const Value = ({ label, tone, value }: { label: string; tone: string; value: unknown }) => (
  <section
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    tabIndex={0}
    aria-label={label}
    className={cn('max-h-40 overflow-auto rounded-sm px-2 py-1', tone)}
  >
    <pre className="font-mono text-xs whitespace-pre-wrap text-ink">{asText(value)}</pre>
  </section>
)
