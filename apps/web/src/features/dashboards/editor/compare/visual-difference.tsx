'use client'
import {
  diffDashboards,
  type EditedDashboard,
  type GridDifference,
  gridDifferences,
  type PicturedWidget,
} from '@thingwire/dashboards/edit'
import { cn, Segmented, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { DifferenceList, MemberChanges } from './difference-list.tsx'
import { GridPicture } from './grid-picture.tsx'

type Props = { before: EditedDashboard; after: EditedDashboard; words: { before: string; after: string } }

/** How one dashboard became another: as pictures of its grids beside each other, and as a list of everything. */
export const VisualDifference = ({ before, after, words }: Props) => {
  const t = useTranslations('dashboardCompare')
  const difference = useMemo(() => diffDashboards(before, after), [before, after])
  const grids = useMemo(() => gridDifferences(before, after, difference), [before, after, difference])
  const [form, setForm] = useState<'picture' | 'list'>('picture')
  if (grids.length === 0) return <DifferenceList difference={difference} />
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Segmented
        label={t('form')}
        value={form}
        onChange={setForm}
        options={[
          { value: 'picture', label: t('picture') },
          { value: 'list', label: t('list', { count: difference.count }) },
        ]}
        className="w-fit"
      />
      {form === 'list' ? (
        <DifferenceList difference={difference} />
      ) : (
        <Pictures grids={grids} words={words} difference={difference} />
      )}
    </div>
  )
}

type Difference = ReturnType<typeof diffDashboards>
type PicturesProps = {
  grids: readonly GridDifference[]
  words: Props['words']
  difference: Difference
}

const marks = ['added', 'removed', 'changed', 'moved'] as const
const markTones = {
  added: 'border-ok bg-ok-soft',
  removed: 'border-danger bg-danger-soft',
  changed: 'border-warn bg-warn-soft',
  moved: 'border-transparent outline-2 outline-accent',
} as const

/** How many things differ that stand in no grid. */
const outsideOfGrids = ({ dashboard, settings, timeWindow, other, states, aliases, filters }: Difference): number => {
  const members = [dashboard, settings, timeWindow, other].reduce((sum, list) => sum + list.length, 0)
  const parts = [states, aliases, filters].reduce(
    (sum, { added, removed, changed }) => sum + added.length + removed.length + changed.length,
    0,
  )
  return members + parts
}

const Pictures = ({ grids, words, difference }: PicturesProps) => {
  const t = useTranslations('dashboardCompare')
  const [index, setIndex] = useState(0)
  const [chosen, choose] = useState<string | null>(null)
  const grid = grids[Math.min(index, grids.length - 1)]
  if (!grid) return null
  const rows = Math.max(grid.before?.rows ?? 0, grid.after?.rows ?? 0)
  const untold = outsideOfGrids(difference)
  return (
    <>
      {grids.length > 1 ? (
        <Select
          aria-label={t('grid')}
          className="w-full max-w-sm"
          value={index}
          onChange={({ target }) => {
            setIndex(Number(target.value))
            choose(null)
          }}
        >
          {grids.map((one, at) => (
            <option key={JSON.stringify(one.at)} value={at}>
              <GridName grid={one} />
            </option>
          ))}
        </Select>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <GridPicture title={words.before} picture={grid.before} rows={rows} chosen={chosen} choose={choose} />
        <GridPicture title={words.after} picture={grid.after} rows={rows} chosen={chosen} choose={choose} />
      </div>
      <ul aria-hidden className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
        {marks.map((mark) => (
          <li key={mark} className="flex items-center gap-1.5">
            <span className={cn('size-3 rounded-sm border', markTones[mark])} />
            {t(`mark.${mark}`)}
          </li>
        ))}
      </ul>
      {chosen === null ? (
        <p className="text-xs text-ink-3">{t('choose')}</p>
      ) : (
        <Chosen id={chosen} grid={grid} difference={difference} />
      )}
      {untold > 0 ? <p className="text-xs text-ink-3">{t('more', { count: untold })}</p> : null}
    </>
  )
}

const GridName = ({ grid }: { grid: GridDifference }) => {
  const t = useTranslations('dashboardCompare')
  const { layout, breakpoint } = grid.at
  const parts = [
    grid.state,
    ...(layout === 'right' ? [t('rightLayout')] : []),
    ...(breakpoint === null ? [] : [t('width', { breakpoint })]),
  ]
  return `${parts.join(' · ')} (${grid.count})`
}

/** What differs about one widget: its members, and where it stands. */
const Chosen = (p: { id: string; grid: GridDifference; difference: Difference }) => {
  const t = useTranslations('dashboardCompare')
  const find = (widgets: readonly PicturedWidget[] | undefined) => widgets?.find(({ id }) => id === p.id)
  const [was, is] = [find(p.grid.before?.widgets), find(p.grid.after?.widgets)]
  const shown = is ?? was
  if (!shown) return null
  const members = p.difference.widgets.changed.find(({ id }) => id === p.id)?.members ?? []
  const place = p.difference.places.find(
    ({ id, at }) => id === p.id && JSON.stringify(at) === JSON.stringify(p.grid.at),
  )
  const isMoved = was && is && is.other !== null
  return (
    <section aria-label={shown.title || t('untitled')} className="grid gap-1 rounded-md border p-3 text-sm">
      <h3 className="font-medium">{shown.title || t('untitled')}</h3>
      {shown.mark === 'added' || shown.mark === 'removed' ? (
        <p className="text-xs text-ink-2">{t(`mark.${shown.mark}`)}</p>
      ) : null}
      {isMoved ? (
        <p className="text-xs text-ink-2 tabular-nums">
          {t('movedFrom', {
            ...{ fromCol: was.box.col, fromRow: was.box.row, fromWidth: was.box.sizeX, fromHeight: was.box.sizeY },
            ...{ col: is.box.col, row: is.box.row, width: is.box.sizeX, height: is.box.sizeY },
          })}
        </p>
      ) : null}
      {members.length + (place?.members.length ?? 0) > 0 ? (
        <MemberChanges members={[...members, ...(place?.members ?? [])]} />
      ) : shown.mark === 'same' && !isMoved ? (
        <p className="text-xs text-ink-3">{t('mark.same')}</p>
      ) : null}
    </section>
  )
}
