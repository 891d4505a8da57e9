'use client'
import type { Box, GridPicture as Picture, PicturedWidget } from '@thingwire/dashboards/edit'
import { cn } from '@thingwire/ui'
import { useTranslations } from 'next-intl'

/** px of a row; a column is a share of the width. */
const rowPx = 14
const leastRows = 6

const styleOf = ({ col, row, sizeX, sizeY }: Box, columns: number) => ({
  left: `${(Math.max(0, col) / columns) * 100}%`,
  top: Math.max(0, row) * rowPx,
  width: `${(Math.max(1, Math.min(sizeX, columns - Math.max(0, col))) / columns) * 100}%`,
  height: sizeY * rowPx,
})

const tones = {
  same: 'border-line-strong bg-surface text-ink-3',
  added: 'border-ok bg-ok-soft text-ok-text',
  removed: 'border-danger bg-danger-soft text-danger-text line-through',
  changed: 'border-warn bg-warn-soft text-warn-text',
} as const

type Props = {
  title: string
  /** Null: the grid is not there on this side. */
  picture: Picture | null
  /** As high as the other one, so that places can be compared. */
  rows: number
  chosen: string | null
  choose: (id: string) => void
}

/** A grid drawn small: where its widgets stand, and by colour and outline what became of each. */
export const GridPicture = ({ title, picture, rows, chosen, choose }: Props) => {
  const t = useTranslations('dashboardCompare')
  return (
    <section aria-label={title} className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-1.5">
      <h3 className="text-xs font-medium text-ink-3">{title}</h3>
      {picture ? (
        <div className="max-h-80 overflow-y-auto rounded-md border bg-sunken p-1.5">
          <div className="relative" style={{ height: Math.max(leastRows, rows) * rowPx }}>
            {picture.widgets.map((widget) =>
              widget.other ? (
                <span
                  key={`other ${widget.id}`}
                  aria-hidden
                  className={cn(
                    'absolute rounded-sm border border-dashed border-accent/60',
                    chosen === widget.id && 'border-accent bg-accent-soft/50',
                  )}
                  style={styleOf(widget.other, picture.columns)}
                />
              ) : null,
            )}
            {picture.widgets.map((widget) => (
              <PictureWidget
                key={widget.id}
                widget={widget}
                columns={picture.columns}
                isChosen={chosen === widget.id}
                choose={() => choose(widget.id)}
              />
            ))}
          </div>
        </div>
      ) : (
        <p className="rounded-md border border-dashed p-4 text-center text-xs text-ink-3">{t('noGrid')}</p>
      )}
    </section>
  )
}

const PictureWidget = (p: { widget: PicturedWidget; columns: number; isChosen: boolean; choose: () => void }) => {
  const t = useTranslations('dashboardCompare')
  const { title, box, mark, other } = p.widget
  const name = title || t('untitled')
  return (
    <div className="absolute p-px" style={styleOf(box, p.columns)}>
      <button
        type="button"
        aria-pressed={p.isChosen}
        aria-label={`${name}: ${[t(`mark.${mark}`), ...(other ? [t('mark.moved')] : [])].join(', ')}`}
        title={name}
        onClick={p.choose}
        className={cn(
          'block size-full truncate rounded-sm border px-1 text-left text-2xs leading-3',
          tones[mark],
          other && 'outline-2 -outline-offset-1 outline-accent',
          p.isChosen && 'ring-2 ring-accent',
        )}
      >
        {name}
      </button>
    </div>
  )
}
