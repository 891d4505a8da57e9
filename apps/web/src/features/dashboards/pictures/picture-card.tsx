'use client'
import { ActionsMenu, cn, MenuItem } from '@thingwire/ui'
import { Pencil, Trash2 } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { isOfSystem, linkOfImage, measuresOf, type StoredImage } from '../../../api/images.ts'
import { imageAddress } from '../host/addresses.ts'
import { PictureThumb } from './picture-thumb.tsx'

/** Bytes as people read them. */
export const useSizeText = () => {
  const format = useFormatter()
  return (bytes: number): string => {
    const [unit, size] =
      bytes < 1_000_000 ? (['kilobyte', bytes / 1_000] as const) : (['megabyte', bytes / 1_000_000] as const)
    return format.number(size, { style: 'unit', unit, maximumFractionDigits: size < 10 ? 1 : 0 })
  }
}

/** A stored picture to be chosen; one of the tenant's own can be renamed and deleted. */
export const PictureCard = (p: {
  image: StoredImage
  isChosen: boolean
  onChoose: (link: string) => void
  onRename: (image: StoredImage) => void
  onDelete: (image: StoredImage) => void
}) => {
  const { image, isChosen } = p
  const t = useTranslations('pictures')
  const sizeText = useSizeText()
  const measures = measuresOf(image)
  const isFixed = isOfSystem(image)
  return (
    <div className="group relative">
      <button
        type="button"
        aria-pressed={isChosen}
        title={image.title}
        onClick={() => p.onChoose(linkOfImage(image))}
        className={cn(
          'flex w-full flex-col overflow-hidden rounded-md border text-left hover:border-line-strong hover:bg-hover',
          isChosen && 'border-accent ring-1 ring-accent hover:border-accent',
        )}
      >
        <PictureThumb address={imageAddress(image.link)} className="h-24 w-full border-b p-1.5" />
        <span className={cn('grid min-w-0 gap-0.5 px-2 py-1.5', !isFixed && 'pr-9')}>
          <span className="truncate text-xs">{image.title}</span>
          <span className="truncate text-2xs text-ink-3 tabular-nums">
            {isFixed
              ? t('ofSystem')
              : measures
                ? measures.width > 0
                  ? t('measures', { width: measures.width, height: measures.height, size: sizeText(measures.size) })
                  : sizeText(measures.size)
                : ' '}
          </span>
        </span>
      </button>
      {isFixed ? null : (
        <div className="absolute right-1 bottom-2">
          <ActionsMenu inRow label={t('actionsFor', { title: image.title })}>
            <MenuItem onSelect={() => p.onRename(image)}>
              <Pencil />
              {t('rename')}
            </MenuItem>
            <MenuItem danger onSelect={() => p.onDelete(image)}>
              <Trash2 />
              {t('delete')}
            </MenuItem>
          </ActionsMenu>
        </div>
      )}
    </div>
  )
}
