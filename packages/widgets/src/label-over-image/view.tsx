'use client'
import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { leastFontPx, fontStyle } from '../style/font.ts'
import { schemeOf } from '../style/ground-colors.ts'
import { cssColor, parseColor } from '../style/rgb.ts'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import type { LabelOverImageSettings } from './manifest.ts'
import { type Frame, frameOf, labelText } from './place.ts'
import { labelImageWords } from './words.ts'

type Props = WidgetViewProps<LabelOverImageSettings>

export const LabelOverImage = (p: Props) => {
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  return <Picture {...p} series={p.state.series} isStale={p.state.staleSince !== null} />
}

const Picture = (p: Props & { series: readonly WidgetSeries[]; isStale: boolean }) => {
  const { settings, size } = p
  const words = useWords('label-over-image', labelImageWords)
  const image = useWidgetHost().links.useImage(settings.backgroundImageUrl || null)
  const [natural, setNatural] = useState<{ width: number; height: number } | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const isMissing = !image || failed === image
  // Until the picture is there its labels stand on the tile, so that values are seen at once.
  const frame: Frame = natural && !isMissing ? frameOf(size, natural) : { ...size, left: 0, top: 0 }
  return (
    <div className="relative size-full overflow-hidden">
      {isMissing ? (
        <p className="absolute inset-x-0 bottom-2 flex items-center justify-center gap-1.5 text-xs text-ink-3">
          <ImageOff aria-hidden className="size-3.5" />
          {words('noImage')}
        </p>
      ) : (
        <img
          src={image}
          alt=""
          onLoad={({ currentTarget }) => {
            // An SVG without a size of its own says 0.
            const { naturalWidth, naturalHeight } = currentTarget
            if (naturalWidth > 0 && naturalHeight > 0) setNatural({ width: naturalWidth, height: naturalHeight })
          }}
          onError={() => setFailed(image)}
          className="absolute inset-0 size-full object-contain"
        />
      )}
      {settings.labels.map((label, index) => (
        <Label
          // biome-ignore lint/suspicious/noArrayIndexKey: labels stand in the order of the file
          key={index}
          label={label}
          text={labelText(label.pattern, p.series, p.locale)}
          frame={frame}
          isStale={p.isStale}
          isOnTile={isMissing}
        />
      ))}
    </div>
  )
}

/** Pictures of files are made for light ground: what is written on them is dark unless the file says otherwise. */
const usual = 'rgb(35, 38, 47)'

const Label = (p: {
  label: LabelOverImageSettings['labels'][number]
  text: string
  frame: Frame
  isStale: boolean
  /** There is no picture below. */
  isOnTile: boolean
}) => {
  const { label, frame } = p
  const ground = parseColor(label.backgroundColor)
  const ink = parseColor(label.font.color)
    ? cssColor(label.font.color)
    : ground && schemeOf(label.backgroundColor, 'light') === 'dark'
      ? 'white'
      : usual
  const px = Math.max(leastFontPx, Math.min(120, (frame.height * label.font.size) / 100))
  return (
    <p
      className="absolute max-w-full rounded-sm px-0.5 whitespace-pre tabular-nums"
      style={{
        left: frame.left + (frame.width * label.x) / 100,
        top: frame.top + (frame.height * label.y) / 100,
        ...fontStyle(label.font, px),
        lineHeight: 1.2,
        color: ink,
        // A veil keeps words readable on any picture, in both themes; without one it has to stand against the tile alone.
        background: ground
          ? cssColor(label.backgroundColor)
          : schemeOf(ink, 'dark') === 'dark'
            ? `rgba(255, 255, 255, ${p.isOnTile ? 0.95 : 0.72})`
            : `rgba(0, 0, 0, ${p.isOnTile ? 0.9 : 0.55})`,
        ...(p.isStale ? { opacity: 0.6 } : {}),
      }}
    >
      {p.text}
    </p>
  )
}
