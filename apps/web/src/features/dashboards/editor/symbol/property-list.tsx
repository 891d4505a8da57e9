'use client'
import { IconButton } from '@thingwire/ui'
import { isIdle, type PropertyRow, propertyGroups, type SymbolProperty } from '@thingwire/widgets/symbols'
import { RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { isStacked, PropertyControl, type PropertyListProps } from './property-control.tsx'

/** The properties of a symbol in the groups and rows of its file. */
export const PropertyList = (p: PropertyListProps) =>
  propertyGroups(p.properties, p.values).map(({ title, rows }) => (
    <section key={title} aria-label={title || undefined} className="grid grid-cols-[minmax(0,1fr)] gap-2.5">
      {title ? <h4 className="pt-1 text-xs font-medium text-ink-3 first-letter:uppercase">{title}</h4> : null}
      {rows.map((row) => (
        <Row key={row.properties.map(({ id }) => id).join(' ')} row={row} {...p} />
      ))}
    </section>
  ))

const Row = ({ row, ...p }: PropertyListProps & { row: PropertyRow }) => {
  const t = useTranslations('symbolForm')
  const changed = row.properties.filter(({ id }) => Object.hasOwn(p.stored, id))
  const controls = row.properties.map((one) => (
    <PropertyControl
      key={one.id}
      property={one}
      List={PropertyList}
      label={
        row.properties.length > 1
          ? t('partOf', { name: row.name, part: one.subLabel || t(`kind.${kindOf(one)}`) })
          : row.name
      }
      value={p.values[one.id]}
      hasPaints={p.hasPaints}
      isDisabled={isIdle(one, p.values)}
      onChange={(value) => p.onChange(one.id, value)}
    />
  ))
  const isBelow =
    row.properties.length > 1
      ? row.properties.some((one) => one.type !== 'switch' && isWideInRow(one))
      : row.properties.some(isStacked)
  const reset =
    changed.length > 0 ? (
      <IconButton
        label={t('resetNamed', { name: row.name })}
        size="icon-sm"
        className="-my-1"
        onClick={() => {
          for (const { id } of changed) p.onChange(id, undefined)
        }}
      >
        <RotateCcw />
      </IconButton>
    ) : null
  return (
    <div className={isBelow ? 'grid grid-cols-[minmax(0,1fr)] gap-1.5' : 'flex min-h-8 items-center gap-3'}>
      <div className={isBelow ? 'flex items-center gap-1' : 'flex min-w-0 flex-1 items-center gap-1'}>
        <div className="min-w-0 flex-1">
          <p className="text-sm">{row.name}</p>
          {row.hint ? <p className="text-xs text-ink-3">{row.hint}</p> : null}
        </div>
        {reset}
      </div>
      <div
        className={
          isBelow
            ? 'flex flex-wrap items-center gap-2 [&>*]:min-w-0'
            : 'flex max-w-[62%] items-center justify-end gap-2'
        }
      >
        {controls}
      </div>
    </div>
  )
}

/** What takes half a line at least, so that with others it stands below the name. */
const isWideInRow = ({ type }: SymbolProperty) => !['color', 'number'].includes(type)

const kinds = ['switch', 'text', 'color', 'number', 'font', 'units', 'icon'] as const
const kindOf = ({ type }: SymbolProperty) => kinds.find((kind) => kind === type) ?? 'value'
