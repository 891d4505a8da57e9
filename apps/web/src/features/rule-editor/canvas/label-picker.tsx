'use client'
import { Button, Kbd, PopoverAt } from '@thingwire/ui'
import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { wireId } from '../model/document.ts'
import type { Place } from '../model/places.ts'
import { useDocument } from '../store/use-editor.ts'
import { useCanvas } from './canvas-context.ts'
import { likelyLabel } from './labels.ts'
import { PickList } from './pick-list.tsx'
import { useOfferedLabels } from './use-offered-labels.ts'

const freeId = '+'
const failure = 'Failure'

/** Which labels a wire has: Enter or a click takes one, Space marks several. Esc leaves it as it was. */
export const LabelPicker = ({ at, from, to }: { at: Place; from: string; to: string }) => {
  const t = useTranslations('chainCanvas')
  const { closePopup, label, refocus } = useCanvas()
  const document = useDocument()
  const wire = document.wires[wireId(from, to)]
  const offered = useOfferedLabels(from, wire ? wireId(from, to) : null)
  const [marked, setMarked] = useState<ReadonlySet<string>>(() => new Set(wire?.labels))
  const [query, setQuery] = useState('')
  const likely = likelyLabel(offered)
  const items = useMemo(() => {
    const typed = query.trim()
    const all = [...new Set([...offered.labels, ...marked])]
    const fitting = all.filter((one) => one.toLowerCase().includes(typed.toLowerCase()))
    // What Enter takes first is the likeliest, of a wire that is new.
    const ordered = wire || typed !== '' ? fitting : fitting.sort((a, b) => Number(b === likely) - Number(a === likely))
    return [
      ...ordered.map((one) => ({
        id: one,
        label: one,
        icon: <Mark isOn={marked.has(one)} />,
        detail: offered.free.includes(one) || marked.has(one) ? undefined : t('labels.taken'),
      })),
      ...(offered.isFree && typed !== '' && !all.includes(typed)
        ? [{ id: freeId, label: t('labels.use', { label: typed }), icon: <Mark isOn={false} /> }]
        : []),
    ]
  }, [offered, marked, query, likely, wire, t])

  const finish = (labels: readonly string[]) => {
    closePopup()
    label(from, to, labels)
  }
  const named = (id: string) => (id === freeId ? query.trim() : id)
  const toggle = (id: string) => {
    const next = new Set(marked)
    if (!next.delete(named(id))) next.add(named(id))
    setMarked(next)
    setQuery('')
  }
  const pick = (id: string) => {
    if (wire) toggle(id)
    else finish([...new Set([...marked, named(id)])])
  }
  /** Of a wire that is there Enter says that it is well so, unless a label was looked for. */
  const enter = (id: string) => finish(wire && query === '' ? [...marked] : [...new Set([...marked, named(id)])])
  return (
    <PopoverAt at={at} label={t('labels.title')} onClose={closePopup} onClosed={refocus} className="w-72">
      <p className="truncate px-3 pt-2 text-2xs text-ink-3">
        {t('labels.of', { from: document.nodes[from]?.name ?? '', to: document.nodes[to]?.name ?? '' })}
      </p>
      <PickList
        items={items}
        query={query}
        onQuery={setQuery}
        onPick={pick}
        onEnter={enter}
        onMark={toggle}
        label={t('labels.title')}
        placeholder={offered.isFree ? t('labels.searchFree') : t('labels.search')}
        nothing={t('labels.nothing')}
        className="max-h-72"
      />
      <div className="flex items-center gap-2 border-t px-3 py-2">
        <span className="flex items-center gap-1.5 text-2xs text-ink-3 pointer-coarse:hidden">
          <Kbd>Space</Kbd>
          {t('labels.several')}
        </span>
        <Button
          size="sm"
          variant="primary"
          className="ml-auto"
          disabled={marked.size === 0 && !wire}
          onClick={() => finish([...marked].sort((a, b) => Number(a === failure) - Number(b === failure)))}
        >
          {wire ? t('labels.save') : t('labels.connect')}
        </Button>
      </div>
    </PopoverAt>
  )
}

const Mark = ({ isOn }: { isOn: boolean }) => (
  <span
    className={
      isOn
        ? 'flex size-4 items-center justify-center rounded-sm bg-accent text-accent-ink'
        : 'size-4 rounded-sm border border-line-strong'
    }
  >
    {isOn ? <Check aria-hidden className="size-3 stroke-3" /> : null}
  </span>
)

/** Which way messages take past a node that is bypassed. */
export const BypassPicker = ({ at, id }: { at: Place; id: string }) => {
  const t = useTranslations('chainCanvas')
  const { closePopup, bypassAlong, refocus } = useCanvas()
  const { wires } = useDocument()
  const [query, setQuery] = useState('')
  const labels = [...new Set(Object.values(wires).flatMap((wire) => (wire.from === id ? wire.labels : [])))]
  return (
    <PopoverAt at={at} label={t('labels.pickBypass')} onClose={closePopup} onClosed={refocus} className="w-64">
      <p className="px-3 pt-2 pb-1 text-xs text-ink-2">{t('labels.pickBypass')}</p>
      <PickList
        items={labels
          .filter((one) => one.toLowerCase().includes(query.trim().toLowerCase()))
          .map((one) => ({ id: one, label: one }))}
        query={query}
        onQuery={setQuery}
        onPick={(one) => {
          closePopup()
          bypassAlong(id, one)
        }}
        label={t('labels.pickBypass')}
        placeholder={t('labels.search')}
        nothing={t('labels.nothing')}
        className="max-h-64"
      />
    </PopoverAt>
  )
}
